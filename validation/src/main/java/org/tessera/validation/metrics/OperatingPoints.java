package org.tessera.validation.metrics;

import java.util.Arrays;
import java.util.Optional;
import org.tessera.casemodel.Finding.OperatingPoint;

/** From which probability on a finding counts as found, and what that costs. */
public final class OperatingPoints {
  private OperatingPoints() {}

  /**
   * The threshold with the greatest sensitivity + specificity (Youden 1950); of equally good ones,
   * the most specific. It lies half way between two neighbouring scores, so that a score a rounding
   * error away does not fall on the other side.
   *
   * <p>Sensitivity and specificity are those of the rows on which it was chosen, so they flatter a
   * little; {@code evaluate} measures them again on rows that had no say.
   *
   * @param probabilities one per row, 0 to 1
   * @param labels true where the row has the finding
   * @param floor least threshold that may be chosen, for example what the model answers on blank
   *     evidence
   * @param from the data, in words
   * @return empty if one of the classes is missing
   */
  public static Optional<OperatingPoint> choose(
      double[] probabilities, boolean[] labels, double floor, String from) {
    double[] candidates = Arrays.stream(probabilities).distinct().sorted().toArray();
    double best = Double.NEGATIVE_INFINITY;
    Optional<OperatingPoint> chosen = Optional.empty();
    for (int i = candidates.length - 1; i >= 0; i--) {
      double between = i == 0 ? candidates[0] / 2 : (candidates[i - 1] + candidates[i]) / 2;
      double threshold = Math.max(floor, between);
      double sensitivity = sensitivity(probabilities, labels, threshold);
      double specificity = specificity(probabilities, labels, threshold);
      if (sensitivity + specificity > best + 1e-12) {
        best = sensitivity + specificity;
        chosen = Optional.of(new OperatingPoint(threshold, sensitivity, specificity, from));
      }
    }
    return chosen;
  }

  /** Share of the rows with the finding that reach the threshold; NaN without such rows. */
  public static double sensitivity(double[] probabilities, boolean[] labels, double threshold) {
    return share(probabilities, labels, threshold, true, ones(labels.length));
  }

  /** Share of the rows without the finding that stay below; NaN without such rows. */
  public static double specificity(double[] probabilities, boolean[] labels, double threshold) {
    return share(probabilities, labels, threshold, false, ones(labels.length));
  }

  /**
   * Sensitivity ({@code among} true) or specificity (false) over a sample in which each row stands
   * a number of times.
   *
   * @return 0 to 1; NaN if no such row was drawn
   */
  public static double share(
      double[] probabilities, boolean[] labels, double threshold, boolean among, int[] weights) {
    long right = 0;
    long all = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == among) {
        all += weights[i];
        right += (probabilities[i] >= threshold) == among ? weights[i] : 0;
      }
    }
    return all == 0 ? Double.NaN : (double) right / all;
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
