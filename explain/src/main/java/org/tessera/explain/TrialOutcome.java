package org.tessera.explain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.NarrativeSentence;

/**
 * What the trial of a case decided.
 *
 * @param findings all findings of the model, in its order; none if the case was stopped
 * @param narrative sentences over supported findings
 * @param caseChecks checks on the case as a whole; one that failed stopped the case
 * @param timings milliseconds of each stage
 * @param passes what was spent
 */
public record TrialOutcome(
    List<Finding> findings,
    List<NarrativeSentence> narrative,
    List<Check> caseChecks,
    Map<String, Double> timings,
    Passes passes) {
  public TrialOutcome {
    findings = List.copyOf(findings);
    narrative = List.copyOf(narrative);
    caseChecks = List.copyOf(caseChecks);
    timings = Map.copyOf(timings);
  }

  /**
   * Forward passes. Passes that findings share count once in the total and once in each of them.
   * Asking stored donors on their own is done once per model and not counted.
   *
   * @param total different passes that were run
   * @param byFinding passes that each finding rests on, by finding id; at most 64
   */
  public record Passes(int total, Map<String, Integer> byFinding) {
    /** No pass. */
    static final Passes NONE = new Passes(0, Map.of());

    public Passes {
      byFinding = Map.copyOf(byFinding);
    }
  }

  /** Why the case was stopped; empty if it was judged. */
  public Optional<String> stopReason() {
    return caseChecks.stream()
        .filter(check -> check.verdict() == Verdict.FAIL)
        .findFirst()
        .map(Check::reason);
  }
}
