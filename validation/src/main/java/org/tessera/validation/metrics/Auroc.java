package org.tessera.validation.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve: the probability that a row with the finding scores higher than a row
 * without it, ties counting half (the Mann-Whitney statistic; Bamber 1975). Sorted once, so that a
 * thousand bootstrap draws over the same rows cost one pass each. Immutable.
 */
public final class Auroc {
  private final double[] scores;
  private final boolean[] positive;
  private final int[] order;

  private Auroc(double[] scores, boolean[] positive, int[] order) {
    this.scores = scores;
    this.positive = positive;
    this.order = order;
  }

  /**
   * Prepares rows.
   *
   * @param scores one per row, any scale, higher means more likely; no NaN
   * @param labels true where the row has the finding
   * @throws IllegalArgumentException if the lengths differ or a score is NaN
   */
  public static Auroc over(double[] scores, boolean[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          "%d scores, %d labels".formatted(scores.length, labels.length));
    }
    for (double score : scores) {
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException("A score is not a number.");
      }
    }
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Auroc(scores.clone(), labels.clone(), order);
  }

  /** The area under the curve of these rows, 0 to 1; NaN if one of the classes is missing. */
  public static double of(double[] scores, boolean[] labels) {
    return over(scores, labels).value();
  }

  /** The area, 0 to 1; NaN if one of the classes is missing. */
  public double value() {
    int[] once = new int[scores.length];
    Arrays.fill(once, 1);
    return value(once);
  }

  /**
   * The area over a sample in which each row stands a number of times.
   *
   * @param weights how often each row was drawn, {@code >= 0}
   * @return 0 to 1; NaN if one of the classes was not drawn
   */
  public double value(int[] weights) {
    double concordant = 0;
    long positives = 0;
    long negatives = 0;
    int at = 0;
    while (at < order.length) {
      long tiedPositives = 0;
      long tiedNegatives = 0;
      double score = scores[order[at]];
      for (; at < order.length && scores[order[at]] == score; at++) {
        if (positive[order[at]]) {
          tiedPositives += weights[order[at]];
        } else {
          tiedNegatives += weights[order[at]];
        }
      }
      concordant += tiedPositives * (negatives + 0.5 * tiedNegatives);
      positives += tiedPositives;
      negatives += tiedNegatives;
    }
    return positives == 0 || negatives == 0
        ? Double.NaN
        : concordant / ((double) positives * negatives);
  }
}
