package org.tessera.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Kind;

/**
 * Keeps a record within its bound.
 *
 * <p>Of observations with the same code the newest is kept (at equal times the later one in the
 * record). If more than the limit is left, age and sex come first, then conditions, allergies,
 * medication, observations and reports; within a kind the newest, and at equal times the earlier
 * in the record. What is kept stays in the order of the record.
 */
final class FactSelection {
  static final int LIMIT = 512;
  private static final List<Kind> PRIORITY =
      List.of(
          Kind.AGE,
          Kind.SEX,
          Kind.CONDITION,
          Kind.ALLERGY,
          Kind.MEDICATION,
          Kind.OBSERVATION,
          Kind.REPORT);

  private FactSelection() {}

  static List<RecordFact> of(List<RecordFact> facts) {
    Map<String, Integer> newest = new HashMap<>();
    for (int i = 0; i < facts.size(); i++) {
      RecordFact fact = facts.get(i);
      if (fact.kind() == Kind.OBSERVATION) {
        newest.merge(
            key(fact), i, (old, now) -> time(facts.get(old)).isAfter(time(fact)) ? old : now);
      }
    }
    Set<Integer> kept = new HashSet<>(newest.values());
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (facts.get(i).kind() != Kind.OBSERVATION || kept.contains(i)) {
        left.add(i);
      }
    }
    return left.stream()
        .sorted(
            Comparator.<Integer>comparingInt(i -> PRIORITY.indexOf(facts.get(i).kind()))
                .thenComparing(i -> time(facts.get(i)), Comparator.reverseOrder())
                .thenComparingInt(i -> i))
        .limit(LIMIT)
        .sorted()
        .map(facts::get)
        .toList();
  }

  private static String key(RecordFact fact) {
    return fact.code().map(each -> each.system() + "|" + each.code()).orElse(fact.display());
  }

  private static Instant time(RecordFact fact) {
    return fact.time().orElse(Instant.MIN);
  }
}
