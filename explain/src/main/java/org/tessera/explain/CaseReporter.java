package org.tessera.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.PatientCase;
import org.tessera.omni.token.TokenSequence;

/** Composes the report of a case. */
public final class CaseReporter {
  private CaseReporter() {}

  /**
   * The report of a judged case, or of one that the trial stopped. What the sequence leaves out is
   * a warning of the case.
   *
   * @param patientCase the case
   * @param sequence its tokens
   * @param card of the model
   * @param outcome of the trial
   * @param draft in English, by somebody else: what no supported finding entails is struck out
   * @param earlier milliseconds of the stages before the trial
   */
  public static CaseReport report(
      PatientCase patientCase,
      TokenSequence sequence,
      ModelCard card,
      TrialOutcome outcome,
      Optional<String> draft,
      Map<String, Double> earlier) {
    Map<String, Double> timings = new LinkedHashMap<>(earlier);
    outcome.timings().forEach((stage, time) -> timings.merge(stage, time, Double::sum));
    Optional<String> stopped = outcome.stopReason();
    List<Check> checks = new ArrayList<>(outcome.caseChecks());
    sequence
        .notices()
        .forEach(notice -> checks.add(Check.of("coverage", Check.Verdict.WARN, notice)));
    return new CaseReport(
        patientCase,
        stopped.isPresent() ? CaseReport.Status.STOPPED : CaseReport.Status.COMPLETED,
        stopped,
        checks,
        sequence.tokens().size(),
        sequence.tokensByModality(),
        SequenceHash.of(sequence),
        card,
        outcome.findings(),
        narrative(outcome, draft),
        timings);
  }

  private static List<NarrativeSentence> narrative(TrialOutcome outcome, Optional<String> draft) {
    List<NarrativeSentence> sentences = new ArrayList<>(outcome.narrative());
    draft.ifPresent(
        text -> sentences.addAll(Narrative.ofOthers(text, outcome.findings())));
    return sentences;
  }
}
