package org.tessera.dicom.deidentify;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Element;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;

/**
 * What a file itself says of the people and places in it: names, numbers, addresses. Whatever of it
 * turns up again in a value that is kept is taken out there.
 */
final class Identifiers {
  private static final int FEWEST_LETTERS = 2;
  private static final int FEWEST_IN_BYTES = 4;
  private static final int MOST = 2000;
  private static final int LONGEST = 256;

  /** Words that stand in names of places and mean nothing alone, and values that are no names. */
  private static final Set<String> COMMON =
      Set.of(
          "anonymous", "removed", "unknown", "none", "null", "test", "patient", "name", "head",
          "neck", "chest", "abdomen", "hospital", "street", "phantom", "not", "for", "the", "and",
          "no", "yes", "mr", "ct", "us", "cr", "dx", "pt", "nm", "an", "in", "of", "left", "right");

  private final Optional<Pattern> pattern;
  private final List<byte[]> raw;

  private Identifiers(Set<String> texts) {
    List<String> longestFirst =
        texts.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
    this.pattern =
        longestFirst.isEmpty()
            ? Optional.empty()
            : Optional.of(
                Pattern.compile(
                    longestFirst.stream()
                        .map(Pattern::quote)
                        .collect(
                            Collectors.joining(
                                "|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    this.raw =
        longestFirst.stream()
            .filter(text -> text.length() >= FEWEST_IN_BYTES)
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
  }

  /** Those of a whole data set, its items and their items. */
  static Identifiers of(Attributes dataset) {
    Set<String> texts = new LinkedHashSet<>();
    collect(dataset, texts);
    return new Identifiers(texts);
  }

  private static void collect(Attributes dataset, Set<String> texts) {
    for (Element element : dataset) {
      if (texts.size() > MOST) {
        return;
      }
      if (element.value() instanceof Sequence sequence) {
        for (Attributes item : sequence) {
          collect(item, texts);
        }
      } else if (identifies(element, dataset)) {
        for (String value : dataset.strings(element.tag())) {
          add(element.effectiveVr(dataset), value.strip(), texts);
        }
      }
    }
  }

  /** Text that the table removes and that is no description, date or code. */
  private static boolean identifies(Element element, Attributes dataset) {
    VR vr = element.effectiveVr(dataset);
    if (vr == VR.PN) {
      return true;
    }
    boolean text =
        switch (vr) {
          case LO, SH, ST, LT, UC, UT, AE -> true;
          default -> false;
        };
    return text
        && element.tag() != Tag.TimezoneOffsetFromUTC
        && !ElementDictionary.isPrivate(element.tag())
        && ConfidentialityTable.row(element.tag()).filter(row -> !row.isDescriptor()).isPresent();
  }

  private static void add(VR vr, String value, Set<String> texts) {
    if (vr == VR.PN) {
      for (String part : value.split("[\\^=, ]+")) {
        addOne(part.strip(), FEWEST_LETTERS, texts);
      }
    } else {
      addOne(value, FEWEST_IN_BYTES, texts);
    }
  }

  private static void addOne(String text, int fewest, Set<String> texts) {
    if (text.length() >= fewest
        && text.length() <= LONGEST
        && !COMMON.contains(text.toLowerCase(Locale.ROOT))) {
      texts.add(text);
    }
  }

  /** True if any of them stands in the text as a word of its own. */
  boolean occurIn(String text) {
    return pattern.isPresent() && pattern.get().matcher(text).find();
  }

  /** The text with each of them replaced. */
  String replaced(String text, String replacement) {
    return pattern
        .map(known -> known.matcher(text).replaceAll(replacement))
        .orElse(text);
  }

  /** True if any of four characters or more stands in the bytes, in 8 or 16 bits per character. */
  boolean occurIn(Bytes bytes, long limit) {
    if (raw.isEmpty() || bytes.length() < FEWEST_IN_BYTES || bytes.length() > limit) {
      return false;
    }
    String text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    String folded = text.replace("\0", "").toLowerCase(Locale.ROOT);
    for (byte[] known : raw) {
      String wanted =
          new String(known, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      if (folded.contains(wanted)) {
        return true;
      }
    }
    return false;
  }
}
