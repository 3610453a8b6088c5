package org.tessera.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Explanation.TrustTest;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * Whether the highlights of a finding may be shown on this very case.
 *
 * <ul>
 *   <li>{@code deletion}: removing the highlighted tokens lowers the finding more than each of 16
 *       removals of as many random tokens of the same modalities. A map without meaning does that
 *       once in 17 times.
 *   <li>{@code randomization}: rank correlation (Spearman) with the map of the same model with
 *       re-initialized last layers, over the modalities shown, below 0.7: a map that does not depend
 *       on what was learned shows the input, not the reason (Adebayo 2018).
 * </ul>
 *
 * <p>If one fails, no highlight is shown.
 */
final class SelfVeto {
  private static final String METHOD =
      "gradient-weighted attention (Chefer 2021), neighbouring tokens merged into regions";
  private static final double LEAST_BEATEN = 0.95;
  private static final double MOST_ALIKE = 0.7;

  private SelfVeto() {}

  static List<Pass> plan(Question question) {
    if (!(question.inquiry() instanceof Intervention trial) || trial.shownClaim().isEmpty()) {
      return List.of();
    }
    EncodedCase encoded = question.encoded();
    List<Pass> passes = new ArrayList<>();
    passes.add(Pass.whole(encoded));
    passes.add(new Pass(encoded, trial.shownClaim().tokens()));
    trial.shownElse().forEach(removed -> passes.add(new Pass(encoded, removed)));
    return passes;
  }

  /** The outcome; empty if there was nothing to explain. */
  static Optional<Explanation> judge(Question question, double[] logits) {
    if (!(question.inquiry() instanceof Intervention trial)) {
      return Optional.empty();
    }
    if (trial.shownClaim().isEmpty()) {
      return Optional.of(new Explanation(METHOD, false, List.of()));
    }
    List<TrustTest> tests = List.of(deletion(question, logits), randomization(question, trial));
    return Optional.of(
        new Explanation(METHOD, tests.stream().allMatch(TrustTest::passed), tests));
  }

  /** What may be shown: the claimed regions if they are trusted, else nothing. */
  static List<Highlight> shown(Question question, Optional<Explanation> explanation) {
    boolean trusted = explanation.filter(Explanation::trusted).isPresent();
    return trusted && question.inquiry() instanceof Intervention trial
        ? trial.shownClaim().highlights()
        : List.of();
  }

  private static TrustTest deletion(Question question, double[] logits) {
    double threshold = question.threshold("deletion", LEAST_BEATEN);
    double without = logits[1];
    long beaten =
        IntStream.range(2, logits.length)
            .filter(i -> without < logits[i] && without < logits[0])
            .count();
    double share = (double) beaten / (logits.length - 2);
    return new TrustTest("deletion", share, threshold, share >= threshold);
  }

  private static TrustTest randomization(Question question, Intervention trial) {
    double threshold = question.threshold("randomization", MOST_ALIKE);
    EncodedCase encoded = question.encoded();
    List<Modality> shown =
        trial.shownClaim().tokens().stream()
            .mapToObj(i -> encoded.tokens().get(i).modality())
            .distinct()
            .toList();
    int[] tokens =
        IntStream.range(0, encoded.tokens().size())
            .filter(i -> shown.contains(encoded.tokens().get(i).modality()))
            .toArray();
    double alike = RankCorrelation.of(trial.relevance(), trial.randomized(), tokens);
    return new TrustTest("randomization", alike, threshold, alike < threshold);
  }
}
