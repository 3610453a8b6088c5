package org.tessera.explain;

import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.omni.model.Competence;

/**
 * Was the model ever shown to know this finding? The lower bound of its AUROC, overall and matched
 * for the known shortcuts, against 0.60 ({@code competence} in the thresholds), and the verdict
 * that was stored with the model after comparison with plain shortcuts.
 */
final class CompetenceCheck implements FindingCheck {
  private static final double LEAST_AUROC = 0.60;

  @Override
  public String name() {
    return "competence";
  }

  @Override
  public boolean preliminary() {
    return true;
  }

  @Override
  public Check judge(Question question, double[] logits) {
    Optional<Competence> measured = question.profile().competence();
    if (measured.isEmpty()) {
      return Check.of(
          name(),
          Verdict.FAIL,
          "The model was never measured on this finding: it may not judge it.");
    }
    Competence competence = measured.get();
    double score = Math.min(competence.low(), competence.matchedLow());
    double threshold = question.threshold(name(), LEAST_AUROC);
    boolean knows = competence.competent() && score >= threshold;
    if (!Double.isFinite(score)) {
      return Check.of(name(), Verdict.FAIL, "No lower bound of the model's accuracy is known.");
    }
    return Check.measured(
        name(),
        knows ? Verdict.PASS : Verdict.FAIL,
        score,
        threshold,
        Direction.ABOVE,
        competence.reason());
  }
}
