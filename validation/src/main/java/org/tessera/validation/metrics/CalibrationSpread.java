package org.tessera.validation.metrics;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How far a calibration would move with other patients: the covariance of scale and bias over
 * bootstrap draws of the patients that it was fitted on, each with a prior that is drawn too
 * (Osband 2018). Where the rows are perfectly separated every draw of patients fits alike, and only
 * the prior tells how little is known.
 *
 * @param scale variance of the scale
 * @param mixed covariance of scale and bias
 * @param bias variance of the bias
 */
public record CalibrationSpread(double scale, double mixed, double bias) {
  private static final int DRAWS = 300;
  private static final long SEED = 20_260_131;

  /**
   * Measures it.
   *
   * @param logits raw logits, one per row
   * @param labels true where the row has the finding
   * @param clusters patient of each row
   */
  public static CalibrationSpread of(double[] logits, boolean[] labels, List<String> clusters) {
    double[] sums = new double[5];
    SplittableRandom random = new SplittableRandom(SEED);
    new ClusterBootstrap(clusters, SEED, DRAWS)
        .forEach(
            weights -> {
              Temperature.Prior prior =
                  new Temperature.Prior(1 + random.nextGaussian(), random.nextGaussian());
              Temperature drawn = Temperature.fit(logits, labels, weights, prior);
              sums[0] += drawn.scale();
              sums[1] += drawn.bias();
              sums[2] += drawn.scale() * drawn.scale();
              sums[3] += drawn.scale() * drawn.bias();
              sums[4] += drawn.bias() * drawn.bias();
            });
    double scale = sums[0] / DRAWS;
    double bias = sums[1] / DRAWS;
    return new CalibrationSpread(
        Math.max(0, sums[2] / DRAWS - scale * scale),
        sums[3] / DRAWS - scale * bias,
        Math.max(0, sums[4] / DRAWS - bias * bias));
  }

  /**
   * Variance of a calibrated logit.
   *
   * @param logit raw
   */
  public double variance(double logit) {
    return Math.max(0, logit * logit * scale + 2 * logit * mixed + bias);
  }
}
