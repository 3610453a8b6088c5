package org.tessera.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Names of the UIDs of PS3.6 A, and new UIDs. */
public final class UidDictionary {

  private static final class Names {
    static final Map<String, String> BY_UID = load();

    private static Map<String, String> load() {
      Map<String, String> names = new HashMap<>();
      try (InputStream in = UidDictionary.class.getResourceAsStream("uids.txt")) {
        if (in == null) {
          throw new IllegalStateException("The UID dictionary is missing from the program.");
        }
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        reader
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", 3))
            .forEach(parts -> names.put(parts[0], parts[2]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Map.copyOf(names);
    }
  }

  private UidDictionary() {}

  /** The name of a UID, for example "CT Image Storage". */
  public static Optional<String> name(String uid) {
    return Optional.ofNullable(Names.BY_UID.get(uid));
  }

  /** A new UID under 2.25 (PS3.5 B.2). */
  public static String random() {
    return of(UUID.randomUUID());
  }

  /** The UID that always belongs to that text: the same text gives the same UID. */
  public static String derived(String text) {
    return of(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String of(UUID uuid) {
    return "2.25." + new BigInteger(uuid.toString().replace("-", ""), 16);
  }

  /** True if the text is a UID: digits and dots, at most 64 characters (PS3.5 9.1). */
  public static boolean isValid(String uid) {
    return uid.length() <= 64 && uid.matches("[0-9]+(\\.[0-9]+)*");
  }
}
