package org.tessera.omni.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;

/**
 * The time axis of a case: days before its newest input.
 *
 * @param newest time of the newest input; empty if no input has a time
 */
public record CaseTime(Optional<Instant> newest) {
  private static final double SECONDS_PER_DAY = 86_400;

  /** No time is known. */
  public static final CaseTime UNKNOWN = new CaseTime(Optional.empty());

  /** The axis of a case: its newest input or statement is day 0. */
  public static CaseTime of(PatientCase patientCase) {
    return new CaseTime(
        patientCase.evidence().stream().flatMap(CaseTime::times).max(Instant::compareTo));
  }

  /** The axis of one evidence alone. */
  public static CaseTime of(Evidence evidence) {
    return new CaseTime(times(evidence).max(Instant::compareTo));
  }

  /** Days before the newest input, {@code >= 0}; empty if either time is unknown. */
  public Optional<Double> days(Optional<Instant> time) {
    return newest.flatMap(
        last ->
            time.map(
                each ->
                    Math.max(0, Duration.between(each, last).toSeconds() / SECONDS_PER_DAY)));
  }

  private static Stream<Instant> times(Evidence evidence) {
    Stream<Instant> own = evidence.origin().acquired().stream();
    return evidence instanceof RecordEvidence health
        ? Stream.concat(
            own, health.facts().stream().map(RecordFact::time).flatMap(Optional::stream))
        : own;
  }
}
