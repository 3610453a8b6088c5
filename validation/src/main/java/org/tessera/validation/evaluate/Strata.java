package org.tessera.validation.evaluate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parts of the rows that share a known shortcut. */
final class Strata {
  private Strata() {}

  /** Names of the strata that divide the rows, in order; those of a single value do not. */
  static List<String> kinds(FindingScores scores) {
    Set<String> names = new TreeSet<>();
    scores.rows().forEach(row -> names.addAll(row.strata().keySet()));
    return names.stream().filter(by -> values(scores, by).size() > 1).toList();
  }

  /** The values of a stratum that occur; a row without one is in none. */
  static Set<String> values(FindingScores scores, String by) {
    Set<String> values = new HashSet<>();
    scores
        .rows()
        .forEach(
            row -> {
              String value = row.strata().getOrDefault(by, "");
              if (!value.isBlank()) {
                values.add(value);
              }
            });
    return values;
  }

  /** The rows of one stratum. */
  static FindingScores of(FindingScores scores, String by, String value) {
    return scores.where(row -> row.strata().getOrDefault(by, "").equals(value));
  }
}
