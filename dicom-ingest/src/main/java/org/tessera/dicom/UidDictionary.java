package org.tessera.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Names of the UIDs of PS3.6 A, and new UIDs. */
public final class UidDictionary {

  private static final class Names {
    static final Map<String, String> BY_UID = new HashMap<>();
    static final Set<String> SOP_CLASSES = new TreeSet<>();

    static {
      try (InputStream in = UidDictionary.class.getResourceAsStream("uids.txt")) {
        if (in == null) {
          throw new IllegalStateException("The UID dictionary is missing from the program.");
        }
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        reader
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", 3))
            .forEach(parts -> add(parts[0], parts[1], parts[2]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Names() {}

    private static void add(String uid, String type, String name) {
      BY_UID.put(uid, name);
      if (type.equals("SOP Class")) {
        SOP_CLASSES.add(uid);
      }
    }
  }

  private UidDictionary() {}

  /** The name of a UID, for example "CT Image Storage". */
  public static Optional<String> name(String uid) {
    return Optional.ofNullable(Names.BY_UID.get(uid));
  }

  /** UIDs of all SOP classes of the standard. */
  public static Set<String> sopClasses() {
    return Collections.unmodifiableSet(Names.SOP_CLASSES);
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
