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
 *   <li>{@code deletion}: removing the highlighted tokens of the deciding modalities lowers the
 *       finding more than at least 19 of 20 removals of as many random tokens of the same
 *       modalities, in regions of the same shape. A map without meaning, being one more such draw,
 *       does that in 2 of 21 cases.
 *   <li>{@code randomization}: rank correlation (Spearman) with the map of the same model with
 *       re-initialized last layers, over the deciding modalities, below 0.9: a map that does not
 *       depend on what was learned shows the input, not the reason (Adebayo 2018). Chosen on
 *       validation phantoms: stems that learned where a sign is leave the map of the drawn truth
 *       itself alike up to 0.85, the model's own maps up to 0.73.
 * </ul>
 *
 * <p>If one fails, no highlight is shown. Regions of other modalities are shown only if they pass a
 * deletion test of their own.
 */
final class SelfVeto {
  private static final String METHOD =
      "gradient-weighted attention (Chefer 2021), neighbouring tokens merged into regions";
  private static final String OTHERS = "deletion-of-others";
  private static final double LEAST_BEATEN = 0.95;
  private static final double MOST_ALIKE = 0.9;

  private SelfVeto() {}

  static List<Pass> plan(Question question) {
    if (!(question.inquiry() instanceof Intervention trial) || trial.claim().isEmpty()) {
      return List.of();
    }
    EncodedCase encoded = question.encoded();
    List<Pass> passes = new ArrayList<>();
    passes.add(new Pass(encoded, trial.claim().tokens()));
    trial.asMuch().forEach(removed -> passes.add(new Pass(encoded, removed)));
    if (!trial.extra().isEmpty()) {
      passes.add(new Pass(encoded, trial.extra().tokens()));
      trial.asMuchExtra().forEach(removed -> passes.add(new Pass(encoded, removed)));
    }
    return passes;
  }

  /** The outcome; empty if there was nothing to explain. */
  static Optional<Explanation> judge(Question question, double[] logits) {
    if (!(question.inquiry() instanceof Intervention trial)) {
      return Optional.empty();
    }
    if (trial.claim().isEmpty()) {
      return Optional.of(new Explanation(METHOD, false, List.of()));
    }
    TrustTest deletion = deletion("deletion", question, logits, 0);
    TrustTest randomization = randomization(question, trial);
    boolean trusted = deletion.passed() && randomization.passed();
    List<TrustTest> tests = new ArrayList<>(List.of(deletion, randomization));
    if (!trial.extra().isEmpty()) {
      tests.add(deletion(OTHERS, question, logits, 1 + PassBudget.DRAWS));
    }
    return Optional.of(new Explanation(METHOD, trusted, tests));
  }

  /** What may be shown: the claimed regions as far as they are trusted. */
  static List<Highlight> shown(Question question, Optional<Explanation> explanation) {
    if (!(question.inquiry() instanceof Intervention trial)
        || explanation.filter(Explanation::trusted).isEmpty()) {
      return List.of();
    }
    List<Spot> spots = new ArrayList<>(trial.claim().spots());
    if (explanation.get().tests().stream()
        .anyMatch(test -> test.name().equals(OTHERS) && test.passed())) {
      spots.addAll(trial.extra().spots());
    }
    return Claim.highlights(spots);
  }

  /** Reads the answers from {@code at}: first without the claim, then without each random set. */
  private static TrustTest deletion(String name, Question question, double[] logits, int at) {
    double threshold = question.threshold("deletion", LEAST_BEATEN);
    double without = logits[at];
    double whole = question.shapley().logit();
    long beaten =
        IntStream.rangeClosed(1, PassBudget.DRAWS)
            .filter(i -> without < logits[at + i] && without < whole)
            .count();
    double share = (double) beaten / PassBudget.DRAWS;
    return new TrustTest(name, share, threshold, share >= threshold);
  }

  private static TrustTest randomization(Question question, Intervention trial) {
    double threshold = question.threshold("randomization", MOST_ALIKE);
    EncodedCase encoded = question.encoded();
    List<Modality> shown =
        trial.claim().tokens().stream()
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
