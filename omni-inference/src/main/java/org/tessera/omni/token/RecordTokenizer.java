package org.tessera.omni.token;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;

/**
 * A health record, one token per statement. Its numbers are, in this order: 384 pooled text
 * features of the display; one of {@link RecordFact.Kind}; one of {@link RecordFact.Assertion};
 * whether there is a value, and sign(v) ln(1 + |v|) / 5 of it; whether there is a time, and ln(1 +
 * days before the newest input) / 10.
 */
public final class RecordTokenizer {
  private static final int KINDS = TextFeatures.FEATURES;
  private static final int ASSERTIONS = KINDS + RecordFact.Kind.values().length;
  private static final int VALUE = ASSERTIONS + RecordFact.Assertion.values().length;
  private static final int TIME = VALUE + 2;

  private RecordTokenizer() {}

  /**
   * Reads a record.
   *
   * @param evidence the record
   * @param time the case's time axis
   * @param notices told what was left out
   * @return empty if the record states nothing
   */
  public static Optional<RecordSegment> segment(
      RecordEvidence evidence, CaseTime time, Consumer<String> notices) {
    List<RecordFact> facts = kept(evidence, notices);
    if (facts.isEmpty()) {
      notices.accept("The record %s states nothing that is read.".formatted(evidence.id()));
      return Optional.empty();
    }
    List<Token> tokens = new ArrayList<>();
    float[] values = new float[facts.size() * RecordSegment.FEATURES];
    for (int i = 0; i < facts.size(); i++) {
      RecordFact fact = facts.get(i);
      Optional<Double> days = time.days(fact.time());
      fill(fact, days, values, i * RecordSegment.FEATURES);
      tokens.add(
          new Token(
              Modality.RECORD,
              evidence.id(),
              fact.entry(),
              new Position(days.orElse(0.0), 0, 0)));
    }
    return Optional.of(new RecordSegment(evidence.id(), tokens, values));
  }

  private static void fill(RecordFact fact, Optional<Double> days, float[] values, int at) {
    float[] text = TextFeatures.shared().pooled(fact.display());
    System.arraycopy(text, 0, values, at, text.length);
    values[at + KINDS + fact.kind().ordinal()] = 1;
    values[at + ASSERTIONS + fact.assertion().ordinal()] = 1;
    fact.value()
        .ifPresent(
            value -> {
              values[at + VALUE] = 1;
              values[at + VALUE + 1] =
                  (float) (Math.signum(value) * Math.log1p(Math.abs(value)) / 5);
            });
    days.ifPresent(
        each -> {
          values[at + TIME] = 1;
          values[at + TIME + 1] = (float) (Math.log1p(each) / 10);
        });
  }

  /** Age and sex, then what is newest, in the order of the record. */
  private static List<RecordFact> kept(RecordEvidence evidence, Consumer<String> notices) {
    List<RecordFact> facts = evidence.facts();
    if (facts.size() <= RecordSegment.MAX_TOKENS) {
      return facts;
    }
    notices.accept(
        "Of the %,d statements of the record %s only age, sex and the newest are read, %d in all."
            .formatted(facts.size(), evidence.id(), RecordSegment.MAX_TOKENS));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparing((Integer i) -> !isPerson(facts.get(i)))
            .thenComparing(
                i -> facts.get(i).time().orElse(Instant.MIN), Comparator.reverseOrder()));
    Set<Integer> chosen = new HashSet<>(order.subList(0, RecordSegment.MAX_TOKENS));
    List<RecordFact> kept = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      if (chosen.contains(i)) {
        kept.add(facts.get(i));
      }
    }
    return kept;
  }

  private static boolean isPerson(RecordFact fact) {
    return fact.kind() == RecordFact.Kind.AGE || fact.kind() == RecordFact.Kind.SEX;
  }
}
