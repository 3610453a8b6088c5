package org.tessera.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.token.TokenSequence;

/** Composes the report of a case. */
public final class CaseReporter {
  private CaseReporter() {}

  /**
   * The report of a judged case, or of one that the trial stopped.
   *
   * @param patientCase the case
   * @param sequence its tokens
   * @param card of the model
   * @param outcome of the trial
   * @param earlier milliseconds of the stages before the trial
   */
  public static CaseReport report(
      PatientCase patientCase,
      TokenSequence sequence,
      ModelCard card,
      TrialOutcome outcome,
      Map<String, Double> earlier) {
    Map<String, Double> timings = new LinkedHashMap<>(earlier);
    outcome.timings().forEach((stage, time) -> timings.merge(stage, time, Double::sum));
    Optional<String> stopped = outcome.stopReason();
    return new CaseReport(
        patientCase,
        stopped.isPresent() ? CaseReport.Status.STOPPED : CaseReport.Status.COMPLETED,
        stopped,
        outcome.caseChecks(),
        sequence.tokens().size(),
        sequence.tokensByModality(),
        SequenceHash.of(sequence),
        card,
        outcome.findings(),
        outcome.narrative(),
        timings);
  }

  /**
   * The report of a case that never reached the trial, for example because every input was
   * rejected.
   *
   * @param patientCase the case
   * @param card of the model
   * @param reason one sentence
   * @param timings milliseconds of the stages so far
   */
  public static CaseReport stopped(
      PatientCase patientCase, ModelCard card, String reason, Map<String, Double> timings) {
    TokenSequence empty = new TokenSequence(List.of(), List.of());
    List<Check> checks = List.of(IdentityCheck.judge(patientCase));
    return new CaseReport(
        patientCase,
        CaseReport.Status.STOPPED,
        Optional.of(reason),
        checks,
        0,
        Map.of(),
        SequenceHash.of(empty),
        card,
        List.of(),
        List.of(),
        timings);
  }
}
