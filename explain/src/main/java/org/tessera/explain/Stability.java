package org.tessera.explain;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * The interval of a probability: how far it moves when a random tenth of the evidence is left out.
 *
 * <p>The range of n exchangeable draws holds the next one with probability (n - 1) / (n + 1),
 * whatever their distribution; with 9 draws 0.8. That is all the level says: it does not cover what
 * the model does not know, and no coverage on patients was measured. The method says so in the
 * result.
 */
final class Stability {
  /** Draws, the same for all findings of a case. */
  static final int DRAWS = 9;

  private static final double SHARE = 0.1;
  private static final long SEED = 0x7e55e7aL;
  private static final double LEVEL = (DRAWS - 1.0) / (DRAWS + 1.0);
  private static final String METHOD =
      ("range over %d passes that each left out a random tenth of the evidence; stability on this"
              + " case, not coverage on patients")
          .formatted(DRAWS);

  private Stability() {}

  static List<Pass> plan(EncodedCase encoded) {
    return RandomDraws.share(encoded, SHARE, DRAWS, SEED).stream()
        .map(removed -> new Pass(encoded, removed))
        .toList();
  }

  /** The interval; always holds the probability itself. */
  static Optional<Interval> interval(double probability, double[] logits) {
    double low = probability;
    double high = probability;
    for (double logit : logits) {
      if (!Double.isFinite(logit)) {
        return Optional.empty();
      }
      low = Math.min(low, Logits.probability(logit));
      high = Math.max(high, Logits.probability(logit));
    }
    return Optional.of(new Interval(low, high, LEVEL, METHOD));
  }
}
