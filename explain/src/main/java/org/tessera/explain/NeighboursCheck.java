package org.tessera.explain;

import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.LatentReference;

/**
 * Do the most similar training cases, whose truth is known, have the finding as well? Only asked
 * where one modality decides; the score is the share among the nearest labelled ones, held against
 * {@code neighbours} (0.5). It only warns: what is rare has no neighbours. The few hundred examples
 * that a model carries are compared one by one.
 */
final class NeighboursCheck implements FindingCheck {
  private static final double LEAST_SHARE = 0.5;
  private static final int ASKED = 15;

  @Override
  public String name() {
    return "neighbours";
  }

  @Override
  public Check judge(Question question, double[] logits) {
    if (!question.positive()) {
      return Check.notApplicable(name(), "Not asked, because the finding was not found.");
    }
    if (question.deciding().size() > 1) {
      return Check.notApplicable(
          name(), "Several kinds of evidence decide this; cases alike in one say nothing.");
    }
    Modality modality = question.deciding().getFirst();
    Optional<LatentReference.Agreement> agreement =
        question
            .model()
            .reference(question.index(), modality)
            .flatMap(
                reference ->
                    reference.agreement(
                        question.model().latent(question.encoded(), modality), ASKED));
    if (agreement.isEmpty()) {
      return Check.notApplicable(name(), "The model stores no labelled examples to compare with.");
    }
    double share = (double) agreement.get().having() / agreement.get().asked();
    double threshold = question.threshold(name(), LEAST_SHARE);
    return CheckScores.measured(
        name(),
        share >= threshold ? Verdict.PASS : Verdict.WARN,
        share,
        threshold,
        Direction.ABOVE,
        "Of the %d most similar training cases, %d have it."
            .formatted(agreement.get().asked(), agreement.get().having()));
  }
}
