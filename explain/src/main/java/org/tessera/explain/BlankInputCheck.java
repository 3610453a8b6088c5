package org.tessera.explain;

import java.util.List;
import java.util.Objects;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.omni.model.Pass;

/**
 * Does the finding appear on blank evidence of the same shape? Each deciding modality is blanked on
 * its own, with everything else of the case in place. The score is the greatest probability; it has
 * to stay below the operating point.
 */
final class BlankInputCheck implements FindingCheck {
  @Override
  public String name() {
    return "blank-input";
  }

  @Override
  public List<Pass> plan(Question question) {
    return question.inquiry() instanceof Intervention trial
        ? question.deciding().stream()
            .map(modality -> Pass.whole(Objects.requireNonNull(trial.blanks().get(modality))))
            .toList()
        : List.of();
  }

  @Override
  public Check judge(Question question, double[] logits) {
    return switch (question.inquiry()) {
      case Inquiry.Idle idle -> Check.notApplicable(name(), idle.reason());
      case Intervention ignored -> held(question, logits);
    };
  }

  private Check held(Question question, double[] logits) {
    double score = 0;
    int worst = 0;
    for (int i = 0; i < logits.length; i++) {
      double probability = Logits.probability(logits[i]);
      if (!(probability <= score)) {
        score = probability;
        worst = i;
      }
    }
    double threshold = question.operatingPoint().orElse(0);
    boolean gone = score < threshold;
    return CheckScores.measured(
        name(),
        gone ? Verdict.PASS : Verdict.FAIL,
        score,
        threshold,
        Direction.BELOW,
        "With a blank %s in its place the probability is %s: the finding %s."
            .formatted(
                question.deciding().get(worst).wireName(),
                Phrases.percent(score),
                gone ? "disappears" : "stays, although there is nothing to see"));
  }
}
