package org.tessera.casemodel;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The outcome of one question put to a finding or to a case.
 *
 * @param name lower case and hyphens, for example {@code evidence-drop}
 * @param verdict the outcome
 * @param score what was measured
 * @param threshold what it was held against
 * @param direction on which side of the threshold a score passes
 * @param reason one sentence that a clinician understands
 */
public record Check(
    String name,
    Verdict verdict,
    OptionalDouble score,
    OptionalDouble threshold,
    Optional<Direction> direction,
    String reason) {

  /** Outcome of a check. */
  public enum Verdict {
    PASS("pass"),
    WARN("warn"),
    FAIL("fail"),
    NOT_APPLICABLE("not-applicable");

    private final String wireName;

    Verdict(String wireName) {
      this.wireName = wireName;
    }

    /** The name used in JSON. */
    public String wireName() {
      return wireName;
    }
  }

  /** On which side of the threshold a score passes. */
  public enum Direction {
    ABOVE,
    BELOW
  }

  /** A check that could not apply. */
  public static Check notApplicable(String name, String reason) {
    return new Check(
        name,
        Verdict.NOT_APPLICABLE,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        reason);
  }

  /** A check without a number. */
  public static Check of(String name, Verdict verdict, String reason) {
    return new Check(
        name, verdict, OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty(), reason);
  }

  /** A check that held a score against a threshold. */
  public static Check measured(
      String name,
      Verdict verdict,
      double score,
      double threshold,
      Direction direction,
      String reason) {
    return new Check(
        name,
        verdict,
        OptionalDouble.of(score),
        OptionalDouble.of(threshold),
        Optional.of(direction),
        reason);
  }
}
