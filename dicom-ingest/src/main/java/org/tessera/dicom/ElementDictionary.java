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
 * The data dictionary of PS3.6: VR, multiplicity and keyword of every public tag.
 *
 * <p>Read once from {@code dictionary.txt}, whose first line states its origin.
 */
public final class ElementDictionary {

  /**
   * What the dictionary knows of a tag.
   *
   * @param keyword for example "PatientName"
   * @param vrs one VR, or two or three of which other elements choose
   * @param multiplicity for example "1", "2-n"
   */
  public record Entry(String keyword, List<VR> vrs, String multiplicity) {

    /** The VR, or the first of several. */
    public VR vr() {
      return vrs.getFirst();
    }
  }

  private record Repeating(int mask, int tag, Entry entry) {}

  private static final Map<Integer, Entry> ENTRIES = new HashMap<>(8192);
  private static final Map<String, Integer> TAGS = new HashMap<>(8192);
  private static final List<Repeating> REPEATING = new ArrayList<>();

  static {
    try (InputStream in = ElementDictionary.class.getResourceAsStream("dictionary.txt")) {
      if (in == null) {
        throw new IllegalStateException("The data dictionary is missing from the program.");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(ElementDictionary::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ElementDictionary() {}

  private static void add(String line) {
    String[] parts = line.split(" ", 4);
    List<VR> vrs = new ArrayList<>(3);
    for (String vr : parts[1].split("/")) {
      vrs.add(VR.valueOf(vr));
    }
    Entry entry = new Entry(parts[3], List.copyOf(vrs), parts[2]);
    if (parts[0].indexOf('x') < 0) {
      int tag = Integer.parseUnsignedInt(parts[0], 16);
      ENTRIES.put(tag, entry);
      TAGS.put(entry.keyword(), tag);
    } else {
      int tag = Integer.parseUnsignedInt(parts[0].replace('x', '0'), 16);
      String mask = parts[0].replaceAll("[^x]", "F").replace('x', '0');
      REPEATING.add(new Repeating(Integer.parseUnsignedInt(mask, 16), tag, entry));
      TAGS.put(entry.keyword(), tag);
    }
  }

  /** The entry of a public tag. */
  public static Optional<Entry> entry(int tag) {
    Entry entry = ENTRIES.get(tag);
    if (entry != null) {
      return Optional.of(entry);
    }
    if (isPrivate(tag)) {
      return Optional.empty();
    }
    for (Repeating repeating : REPEATING) {
      if ((tag & repeating.mask) == repeating.tag) {
        return Optional.of(repeating.entry);
      }
    }
    return Optional.empty();
  }

  /** The tag of a keyword such as "PatientName". */
  public static Optional<Integer> tag(String keyword) {
    return Optional.ofNullable(TAGS.get(keyword));
  }

  /** True if the group is odd: the element belongs to a manufacturer. */
  public static boolean isPrivate(int tag) {
    return (tag & 0x10000) != 0;
  }

  /** "(0010,0010) PatientName", or the bare numbers of a tag that is not known. */
  public static String describe(int tag) {
    String numbers = "(%04X,%04X)".formatted(tag >>> 16, tag & 0xFFFF);
    return entry(tag).map(entry -> numbers + " " + entry.keyword()).orElse(numbers);
  }
}
