package org.tessera.explain;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * The interval of a probability: how far it moves when a random tenth of the evidence is left out,
 * and how far the calibration would have moved with other validation patients. Both are standard
 * deviations in logits; their squares add, and 1.96 of them on either side make the interval. It
 * does not cover what the model does not know. Without draws, for which a case of many modalities
 * has no room, it is the calibration's alone. Where the spread of the calibration was not measured,
 * it is the range of the draws, of a lower level: the range of n exchangeable draws holds
 * the next one with probability (n - 1) / (n + 1).
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

  private static final double NORMAL = 1.96;
  private static final String NORMAL_METHOD =
      ("calibration on other validation patients (bootstrap by patient, wording and machine,"
              + " where these are known) and %d passes that each left out a random tenth of the"
              + " evidence; not what the model does not know")
          .formatted(DRAWS);

  private static final String ALONE =
      "calibration on other validation patients (bootstrap by patient, wording and machine,"
          + " where these are known) alone; neither stability on this case nor what the model does"
          + " not know";

  private Stability() {}

  static List<Pass> plan(EncodedCase encoded) {
    return RandomDraws.share(encoded, SHARE, DRAWS, SEED).stream()
        .map(removed -> new Pass(encoded, removed))
        .toList();
  }

  /**
   * The interval; always holds the probability itself.
   *
   * @param probability calibrated
   * @param logits of the draws, may be none
   * @param deviation standard error of the calibrated logit; NaN if not known
   * @return empty if neither tells anything, or a draw has no number
   */
  static Optional<Interval> interval(double probability, double[] logits, double deviation) {
    if (logits.length == 0 && !Double.isFinite(deviation)) {
      return Optional.empty();
    }
    for (double logit : logits) {
      if (!Double.isFinite(logit)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        Double.isFinite(deviation)
            ? normal(probability, logits, deviation)
            : range(probability, logits));
  }

  private static Interval normal(double probability, double[] logits, double deviation) {
    double centre = Logits.of(probability);
    double variance = deviation * deviation;
    for (double logit : logits) {
      variance += (logit - centre) * (logit - centre) / logits.length;
    }
    double reach = NORMAL * Math.sqrt(variance);
    return new Interval(
        Math.min(probability, Logits.probability(centre - reach)),
        Math.max(probability, Logits.probability(centre + reach)),
        0.95,
        logits.length == 0 ? ALONE : NORMAL_METHOD);
  }

  private static Interval range(double probability, double[] logits) {
    double low = probability;
    double high = probability;
    for (double logit : logits) {
      low = Math.min(low, Logits.probability(logit));
      high = Math.max(high, Logits.probability(logit));
    }
    return new Interval(low, high, LEVEL, METHOD);
  }
}
