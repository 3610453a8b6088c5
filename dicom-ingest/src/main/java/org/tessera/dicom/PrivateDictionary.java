package org.tessera.dicom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Private elements of the well-known manufacturers (Siemens CSA, GEMS, Philips, ...): VR,
 * multiplicity and name by creator, group and last byte, wherever the creator's block lies (PS3.5
 * 7.8.1).
 *
 * <p>Read once from {@code private-dictionary.txt}, whose first lines state its origin, and not
 * before the first private element is asked for.
 */
public final class PrivateDictionary {
  /** Marks keys of groups that are given by their high byte only, such as 60xx. */
  private static final int ANY_LOW_BYTE = 0x0000FF00;

  private static final Map<String, Map<Integer, ElementDictionary.Entry>> BY_CREATOR = load();

  private PrivateDictionary() {}

  private static Map<String, Map<Integer, ElementDictionary.Entry>> load() {
    Map<String, Map<Integer, ElementDictionary.Entry>> creators = new HashMap<>(1024);
    try (InputStream in =
        PrivateDictionary.class.getResourceAsStream("private-dictionary.txt")) {
      if (in == null) {
        throw new IllegalStateException("The private dictionary is missing from the program.");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      Map<Integer, ElementDictionary.Entry> current = new HashMap<>();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("=")) {
          current = creators.computeIfAbsent(line.substring(1), name -> new HashMap<>());
        } else if (!line.startsWith("#")) {
          add(current, line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return creators;
  }

  private static void add(Map<Integer, ElementDictionary.Entry> elements, String line) {
    String[] parts = line.split(" ", 4);
    List<VR> vrs = new ArrayList<>(1);
    for (String vr : parts[1].split("/")) {
      vrs.add(VR.valueOf(vr));
    }
    String group = parts[0].substring(0, 4);
    int last = Integer.parseInt(parts[0], 4, 6, 16);
    int key =
        group.endsWith("xx")
            ? Integer.parseInt(group, 0, 2, 16) << 24 | ANY_LOW_BYTE | last
            : Integer.parseInt(group, 16) << 16 | last;
    elements.put(key, new ElementDictionary.Entry(parts[3], List.copyOf(vrs), parts[2]));
  }

  /**
   * What is known of a private element.
   *
   * @param creator value of the element that reserves its block
   * @param tag the element, in whatever block
   * @return its entry, with a name in words instead of a keyword
   */
  public static Optional<ElementDictionary.Entry> entry(String creator, int tag) {
    Map<Integer, ElementDictionary.Entry> elements = BY_CREATOR.get(creator);
    if (elements == null || !ElementDictionary.isPrivate(tag)) {
      return Optional.empty();
    }
    ElementDictionary.Entry entry = elements.get(tag & 0xFFFF00FF);
    return Optional.ofNullable(
        entry != null ? entry : elements.get(tag & 0xFF0000FF | ANY_LOW_BYTE));
  }

  /** How many creators are known. */
  public static int creators() {
    return BY_CREATOR.size();
  }
}
