package org.tessera.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Direction;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * Is the finding stable over sampled passes? Each leaves out other evidence at random: first the
 * draws that {@code evidence-drop} needs anyway, as much as the claim at other places; only if they
 * disagree, as many more as the budget has room for, each without a random tenth. The score is the
 * share of passes in which the finding stays at or above its operating point; it has to reach
 * {@code consistency} (0.7). A finding whose logit falls by more than {@code softening} (2.5) in a
 * picture softened by less than the eye notices ({@link Softening}) has the score 0: of what is
 * there such a picture takes little, of what an adversary put between its samples nearly all.
 */
final class ConsistencyCheck implements FindingCheck {
  private static final double LEAST_SHARE = 0.7;
  private static final double MOST_FALL = 2.5;
  private static final int MOST_FURTHER = 20;
  private static final double LEFT_OUT = 0.1;
  private static final long SEED = 0x5eed5L;

  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public List<Pass> plan(Question question) {
    if (!(question.inquiry() instanceof Intervention trial) || trial.claim().isEmpty()) {
      return List.of();
    }
    EncodedCase encoded = question.encoded();
    List<Pass> passes = new ArrayList<>();
    softened(question).ifPresent(soft -> passes.add(Pass.whole(soft)));
    trial.asMuch().forEach(removed -> passes.add(new Pass(encoded, removed)));
    return passes;
  }

  /** What is softened: where one modality decides; otherwise the budget has no more. */
  static Optional<Modality> softens(Question question) {
    return question.deciding().size() == 1
        ? Optional.of(question.deciding().getFirst())
        : Optional.empty();
  }

  private static Optional<EncodedCase> softened(Question question) {
    return softens(question).flatMap(question.variants()::softened);
  }

  @Override
  public List<Pass> further(Question question, double[] logits) {
    double[] draws = draws(question, logits);
    double share = share(question, draws);
    if (draws.length == 0 || share == 1 || share == 0) {
      return List.of();
    }
    EncodedCase encoded = question.encoded();
    return RandomDraws.share(encoded, LEFT_OUT, MOST_FURTHER, SEED).stream()
        .map(removed -> new Pass(encoded, removed))
        .toList();
  }

  private static double[] draws(Question question, double[] logits) {
    int from = softened(question).isPresent() ? 1 : 0;
    return logits.length <= from ? new double[0] : Arrays.copyOfRange(logits, from, logits.length);
  }

  @Override
  public Check judge(Question question, double[] logits) {
    if (question.inquiry() instanceof Inquiry.Idle idle) {
      return Check.notApplicable(name(), idle.reason());
    }
    if (logits.length == 0) {
      return Check.notApplicable(name(), "Nothing is claimed that could be held constant.");
    }
    double[] draws = draws(question, logits);
    boolean stays =
        softened(question).isEmpty()
            || Logits.of(question.shapley().probability()) - logits[0]
                <= question.threshold("softening", MOST_FALL);
    double share = share(question, draws);
    double score = stays ? share : 0;
    double threshold = question.threshold(name(), LEAST_SHARE);
    return CheckScores.measured(
        name(),
        score >= threshold ? Verdict.PASS : Verdict.FAIL,
        score,
        threshold,
        Direction.ABOVE,
        stays
            ? "With other evidence left out at random, it stays in %d of %d passes."
                .formatted(Math.round(share * draws.length), draws.length)
            : "It fades when the picture is softened by less than the eye notices.");
  }

  private static double share(Question question, double[] logits) {
    double least = question.operatingPoint().orElse(1);
    return Arrays.stream(logits)
        .map(logit -> Logits.probability(logit) >= least ? 1 : 0)
        .average()
        .orElse(0);
  }
}
