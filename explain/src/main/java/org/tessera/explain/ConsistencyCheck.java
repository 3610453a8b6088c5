package org.tessera.explain;

import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * Is the finding stable over sampled passes? Each leaves out other evidence at random: first the
 * draws that {@code evidence-drop} needs anyway, as much as the claim at other places; only if they
 * disagree, as many more as the budget has room for, each without a random tenth. The score is the
 * share of passes in which the finding stays at or above its operating point; it has to reach
 * {@code consistency} (0.7).
 */
final class ConsistencyCheck implements FindingCheck {
  private static final double LEAST_SHARE = 0.7;
  private static final int MOST_FURTHER = 20;
  private static final double LEFT_OUT = 0.1;
  private static final long SEED = 0x5eed5L;

  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public List<Pass> plan(Question question) {
    EncodedCase encoded = question.encoded();
    return question.inquiry() instanceof Intervention trial && !trial.claim().isEmpty()
        ? trial.asMuch().stream().map(removed -> new Pass(encoded, removed)).toList()
        : List.of();
  }

  @Override
  public List<Pass> further(Question question, double[] logits) {
    double share = share(question, logits);
    if (logits.length == 0 || share == 1 || share == 0) {
      return List.of();
    }
    EncodedCase encoded = question.encoded();
    return RandomDraws.share(encoded, LEFT_OUT, MOST_FURTHER, SEED).stream()
        .map(removed -> new Pass(encoded, removed))
        .toList();
  }

  @Override
  public Check judge(Question question, double[] logits) {
    if (question.inquiry() instanceof Inquiry.Idle idle) {
      return Check.notApplicable(name(), idle.reason());
    }
    if (logits.length == 0) {
      return Check.notApplicable(name(), "Nothing is claimed that could be held constant.");
    }
    double share = share(question, logits);
    double threshold = question.threshold(name(), LEAST_SHARE);
    boolean stable = share >= threshold;
    return CheckScores.measured(
        name(),
        stable ? Verdict.PASS : Verdict.FAIL,
        share,
        threshold,
        Direction.ABOVE,
        "With other evidence left out at random, it stays in %d of %d passes."
            .formatted(Math.round(share * logits.length), logits.length));
  }

  private static double share(Question question, double[] logits) {
    double least = question.operatingPoint().orElse(1);
    return Arrays.stream(logits)
        .map(logit -> Logits.probability(logit) >= least ? 1 : 0)
        .average()
        .orElse(0);
  }
}
