package org.tessera.validation.metrics;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How far probabilities can be taken at their word. */
public final class Calibration {
  /** Most bins, each with as many rows as the others. */
  public static final int BINS = 15;

  /** Fewest rows of a bin; with fewer there are fewer bins. */
  public static final int LEAST_ROWS = 10;

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
   * Expected calibration error over bins of equal mass (Naeini 2015; Nixon 2019): the distance of
   * mean probability and observed frequency in a bin, averaged over the bins. It is biased upwards
   * in small samples.
   *
   * @return 0 to 1; NaN without rows
   */
  public static double expectedError(double[] probabilities, boolean[] labels) {
    int rows = labels.length;
    int[] order =
        IntStream.range(0, rows)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> probabilities[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int bins = Math.clamp(rows / LEAST_ROWS, 1, BINS);
    double sum = 0;
    for (int bin = 0; bin < bins; bin++) {
      double gap = 0;
      for (int i = bin * rows / bins; i < (bin + 1) * rows / bins; i++) {
        gap += probabilities[order[i]] - (labels[order[i]] ? 1 : 0);
      }
      sum += Math.abs(gap);
    }
    return sum / rows;
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
