package org.tessera.validation.metrics;

import java.util.List;

/**
 * How far a calibration would move with other patients: the covariance of scale and bias over
 * bootstrap draws of the patients that it was fitted on.
 *
 * @param scale variance of the scale
 * @param mixed covariance of scale and bias
 * @param bias variance of the bias
 */
public record CalibrationSpread(double scale, double mixed, double bias) {
  private static final int DRAWS = 300;

  /**
   * Measures it.
   *
   * @param logits raw logits, one per row
   * @param labels true where the row has the finding
   * @param clusters patient of each row
   */
  public static CalibrationSpread of(double[] logits, boolean[] labels, List<String> clusters) {
    double[] sums = new double[5];
    new ClusterBootstrap(clusters, 20_260_131, DRAWS)
        .forEach(
            weights -> {
              Temperature drawn = Temperature.fit(logits, labels, weights);
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
