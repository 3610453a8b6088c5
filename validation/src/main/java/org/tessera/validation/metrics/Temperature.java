package org.tessera.validation.metrics;

import java.util.Arrays;

/**
 * Scaling that turns a model's logit into a calibrated one: {@code scale * logit + bias} (Platt
 * 1999; Guo 2017 is the case without a bias). It never changes the order of the rows.
 *
 * @param scale {@code > 0}; 1 / temperature
 * @param bias in logits
 * @param errorBefore expected calibration error of the raw logits on the fitting rows
 * @param errorAfter the same after scaling; it flatters, for it is measured where it was fitted
 */
public record Temperature(double scale, double bias, double errorBefore, double errorAfter) {
  private static final double PENALTY = 1.0;
  private static final double LEAST_SCALE = 0.05;
  private static final int STEPS = 50;

  /** What scale and bias are held near, before any row is seen: Gaussians of unit width. */
  record Prior(double scale, double bias) {
    static final Prior USUAL = new Prior(1, 0);
  }

  /** The scaled logit. */
  public double apply(double logit) {
    return scale * logit + bias;
  }

  /** The scaled logits. */
  public double[] apply(double[] logits) {
    double[] scaled = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      scaled[i] = apply(logits[i]);
    }
    return scaled;
  }

  /**
   * Fits by penalized maximum likelihood: one Gaussian prior of unit width keeps the scale near 1
   * and the bias near 0, so that few rows change little and perfectly separated rows do not blow
   * the scale up.
   *
   * @param logits raw logits, one per row
   * @param labels true where the row has the finding
   */
  public static Temperature fit(double[] logits, boolean[] labels) {
    int[] once = new int[labels.length];
    Arrays.fill(once, 1);
    return fit(logits, labels, once, Prior.USUAL);
  }

  /**
   * Fits where a row may stand several times or not at all.
   *
   * @param weights how often each row stands there
   * @param prior where scale and bias are held near
   */
  static Temperature fit(double[] logits, boolean[] labels, int[] weights, Prior prior) {
    double scale = 1;
    double bias = 0;
    double loss = loss(logits, labels, weights, scale, bias, prior);
    for (int step = 0; step < STEPS; step++) {
      double[] newton = newton(logits, labels, weights, scale, bias, prior);
      double rate = 1;
      double next = Double.POSITIVE_INFINITY;
      double tried = scale;
      while (rate > 1e-6) {
        tried = Math.max(LEAST_SCALE, scale - rate * newton[0]);
        next = loss(logits, labels, weights, tried, bias - rate * newton[1], prior);
        if (next < loss) {
          break;
        }
        rate /= 2;
      }
      if (!(next < loss - 1e-12)) {
        break;
      }
      scale = tried;
      bias -= rate * newton[1];
      loss = next;
    }
    Temperature unmeasured = new Temperature(scale, bias, Double.NaN, Double.NaN);
    return new Temperature(
        scale,
        bias,
        Calibration.expectedError(Calibration.probabilities(logits), labels),
        Calibration.expectedError(
            Calibration.probabilities(unmeasured.apply(logits)), labels));
  }

  /** The Newton step of the penalized loss: inverse of the Hessian times the gradient. */
  private static double[] newton(
      double[] logits,
      boolean[] labels,
      int[] weights,
      double scale,
      double bias,
      Prior prior) {
    double gradScale = PENALTY * (scale - prior.scale());
    double gradBias = PENALTY * (bias - prior.bias());
    double scaleScale = PENALTY;
    double biasBias = PENALTY;
    double scaleBias = 0;
    for (int i = 0; i < logits.length; i++) {
      double p = Calibration.sigmoid(scale * logits[i] + bias);
      double miss = weights[i] * (p - (labels[i] ? 1 : 0));
      double curvature = weights[i] * p * (1 - p);
      gradScale += miss * logits[i];
      gradBias += miss;
      scaleScale += curvature * logits[i] * logits[i];
      scaleBias += curvature * logits[i];
      biasBias += curvature;
    }
    double determinant = scaleScale * biasBias - scaleBias * scaleBias;
    return new double[] {
      (biasBias * gradScale - scaleBias * gradBias) / determinant,
      (scaleScale * gradBias - scaleBias * gradScale) / determinant
    };
  }

  private static double loss(
      double[] logits,
      boolean[] labels,
      int[] weights,
      double scale,
      double bias,
      Prior prior) {
    double fromScale = scale - prior.scale();
    double fromBias = bias - prior.bias();
    double sum = PENALTY / 2 * (fromScale * fromScale + fromBias * fromBias);
    for (int i = 0; i < logits.length; i++) {
      double z = scale * logits[i] + bias;
      sum +=
          weights[i]
              * (Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - (labels[i] ? z : 0));
    }
    return sum;
  }
}
