package org.tessera.explain;

import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;

/**
 * Is the finding in the prediction set at a risk of 5 % (split conformal prediction, by class; Vovk
 * 2005)? The bounds are stored with the model as {@code conformal} and {@code conformal-absent},
 * from validation patients that decided nothing else. What they promise is marginal and holds for
 * patients exchangeable with those: of 20 patients who have the finding, about 19 are in the set;
 * it says nothing of this patient alone. If its absence is in the set as well, the check warns.
 */
final class ConformalCheck implements FindingCheck {
  /** Threshold: least probability at which the finding is in the set. */
  static final String PRESENT = "conformal";

  /** Threshold: greatest probability at which its absence is in the set. */
  static final String ABSENT = "conformal-absent";

  @Override
  public String name() {
    return PRESENT;
  }

  @Override
  public Check judge(Question question, double[] logits) {
    double least = question.threshold(PRESENT, Double.NaN);
    double most = question.threshold(ABSENT, Double.NaN);
    if (!question.positive()) {
      return Check.notApplicable(name(), "Not asked, because the finding was not found.");
    }
    if (Double.isNaN(least)) {
      return Check.notApplicable(
          name(), "Too few validation patients were left to set bounds at a risk of 5 %.");
    }
    double score = question.shapley().probability();
    boolean inside = score >= least;
    boolean open = !Double.isNaN(most) && score <= most;
    Verdict verdict = !inside ? Verdict.FAIL : open ? Verdict.WARN : Verdict.PASS;
    return CheckScores.measured(
        name(),
        verdict,
        score,
        least,
        Direction.ABOVE,
        switch (verdict) {
          case FAIL -> "Nineteen in twenty patients who have it get a higher probability.";
          case WARN -> "At a risk of 5 % the finding cannot be told from its absence.";
          default -> "At a risk of 5 % its absence is ruled out for patients like these.";
        });
  }
}
