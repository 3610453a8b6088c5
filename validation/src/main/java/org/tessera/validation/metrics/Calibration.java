package org.tessera.validation.metrics;

/** How far probabilities can be taken at their word. */
public final class Calibration {
  /** Bins of equal width over 0 to 1. */
  public static final int BINS = 10;

  private Calibration() {}

  /**
   * Mean squared distance of the probability from what was true (Brier 1950).
   *
   * @return 0 (perfect) to 1; NaN without rows
   */
  public static double brier(double[] probabilities, boolean[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double miss = probabilities[i] - (labels[i] ? 1 : 0);
      sum += miss * miss;
    }
    return sum / labels.length;
  }

  /**
   * Expected calibration error (Naeini 2015): the distance of mean probability and observed
   * frequency in a bin, averaged over the bins by their rows. It is biased upwards in small
   * samples.
   *
   * @return 0 to 1; NaN without rows
   */
  public static double expectedError(double[] probabilities, boolean[] labels) {
    double[] promised = new double[BINS];
    double[] observed = new double[BINS];
    for (int i = 0; i < labels.length; i++) {
      int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
      promised[bin] += probabilities[i];
      observed[bin] += labels[i] ? 1 : 0;
    }
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(promised[bin] - observed[bin]);
    }
    return sum / labels.length;
  }

  /** Probability of a logit. */
  public static double sigmoid(double logit) {
    return logit >= 0
        ? 1 / (1 + Math.exp(-logit))
        : Math.exp(logit) / (1 + Math.exp(logit));
  }

  /** Probabilities of logits. */
  public static double[] probabilities(double[] logits) {
    double[] probabilities = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = sigmoid(logits[i]);
    }
    return probabilities;
  }
}
