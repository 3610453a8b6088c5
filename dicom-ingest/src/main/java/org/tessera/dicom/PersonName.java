package org.tessera.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person name in up to three notations (PS3.5 6.2.1).
 *
 * @param alphabetic Latin letters
 * @param ideographic for example Han characters; empty if absent
 * @param phonetic for example Hiragana or Hangul; empty if absent
 */
public record PersonName(Group alphabetic, Group ideographic, Group phonetic) {

  /** The five components of a name; absent ones are empty. */
  public record Group(String family, String given, String middle, String prefix, String suffix) {

    static Group parse(String text) {
      String[] parts = text.split("\\^", 5);
      List<String> five = new ArrayList<>(5);
      for (int i = 0; i < 5; i++) {
        five.add(i < parts.length ? parts[i].strip() : "");
      }
      return new Group(five.get(0), five.get(1), five.get(2), five.get(3), five.get(4));
    }

    public boolean isEmpty() {
      return toString().isEmpty();
    }

    /** Components joined by carets, trailing carets left out. */
    @Override
    public String toString() {
      return trimmedEnd(String.join("^", family, given, middle, prefix, suffix), '^');
    }
  }

  /** Parses a single value of VR PN. */
  public static PersonName parse(String text) {
    String[] groups = text.split("=", 3);
    return new PersonName(
        Group.parse(groups[0]),
        Group.parse(groups.length > 1 ? groups[1] : ""),
        Group.parse(groups.length > 2 ? groups[2] : ""));
  }

  /** Prefix, given, middle, family and suffix as people write them, in the first notation used. */
  public String display() {
    Group group = alphabetic.isEmpty() ? ideographic : alphabetic;
    return Stream.of(group.prefix, group.given, group.middle, group.family, group.suffix)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" "));
  }

  /** The encoded form, trailing delimiters left out. */
  @Override
  public String toString() {
    return trimmedEnd(
        String.join("=", alphabetic.toString(), ideographic.toString(), phonetic.toString()), '=');
  }

  /** Not by a regular expression: those take quadratic time on a long row of delimiters. */
  private static String trimmedEnd(String text, char delimiter) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == delimiter) {
      end--;
    }
    return text.substring(0, end);
  }
}
