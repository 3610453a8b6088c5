package org.tessera.explain;

import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;

/** Scores that are numbers; what is not a number never passes. */
final class CheckScores {
  private CheckScores() {}

  /** A measured check; fails without a score if the score or the threshold is not a number. */
  static Check measured(
      String name,
      Verdict verdict,
      double score,
      double threshold,
      Direction direction,
      String reason) {
    if (!Double.isFinite(score) || !Double.isFinite(threshold)) {
      return Check.of(name, Verdict.FAIL, "The computation did not give a number.");
    }
    return Check.measured(name, verdict, score, threshold, direction, reason);
  }
}
