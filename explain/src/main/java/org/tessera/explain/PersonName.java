package org.tessera.explain;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names made comparable: DICOM {@code DOE^JANE^M} (PS3.5 6.2.1), {@code Doe, Jane} and {@code Jane
 * Doe} are one name. Order, case, accents, punctuation and titles do not count; an initial fits any
 * name that begins with it. Of the component groups of DICOM (alphabetic, ideographic, phonetic)
 * one match is enough.
 */
final class PersonName {
  private static final Set<String> TITLES =
      Set.of("mr", "mrs", "ms", "miss", "dr", "prof", "md", "phd", "jr", "sr", "ii", "iii");

  private final List<Set<String>> groups;

  private PersonName(List<Set<String>> groups) {
    this.groups = groups;
  }

  /** How two names relate. */
  enum Likeness {
    SAME,
    /** A part is the same: a changed surname, or a sibling. */
    PARTLY,
    DIFFERENT
  }

  static PersonName of(String written) {
    return new PersonName(
        Arrays.stream(written.split("="))
            .map(PersonName::parts)
            .filter(parts -> !parts.isEmpty())
            .toList());
  }

  /** True if nothing is left of it. */
  boolean isEmpty() {
    return groups.isEmpty();
  }

  Likeness likeness(PersonName other) {
    Likeness best = Likeness.DIFFERENT;
    for (Set<String> mine : groups) {
      for (Set<String> theirs : other.groups) {
        Likeness likeness = likeness(mine, theirs);
        best = likeness.compareTo(best) < 0 ? likeness : best;
      }
    }
    return best;
  }

  private static Likeness likeness(Set<String> a, Set<String> b) {
    Set<String> fewer = a.size() <= b.size() ? a : b;
    Set<String> more = a.size() <= b.size() ? b : a;
    Set<String> open = new HashSet<>(more);
    long same = fewer.stream().filter(part -> open.remove(part) || initial(part, open)).count();
    boolean enough = same == fewer.size() && (same >= 2 || more.size() == 1);
    if (enough) {
      return Likeness.SAME;
    }
    return fewer.stream().anyMatch(part -> part.length() > 1 && more.contains(part))
        ? Likeness.PARTLY
        : Likeness.DIFFERENT;
  }

  private static boolean initial(String part, Set<String> open) {
    return open.stream()
        .filter(each -> part.length() == 1 ? each.startsWith(part) : isInitialOf(each, part))
        .findFirst()
        .map(open::remove)
        .orElse(false);
  }

  private static boolean isInitialOf(String letter, String name) {
    return letter.length() == 1 && name.startsWith(letter);
  }

  private static Set<String> parts(String group) {
    String plain =
        Normalizer.normalize(group, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("['\u2019.]", "");
    return Arrays.stream(plain.split("[^\\p{L}\\p{N}]+"))
        .filter(part -> !part.isBlank() && !TITLES.contains(part))
        .collect(Collectors.toSet());
  }
}
