package org.tessera.validation.baseline;

import java.util.Arrays;

/** Seven numbers that describe a distribution. */
final class Summary {
  /** Mean, standard deviation and five percentiles. */
  static final int SIZE = 7;

  private static final double[] PERCENTILES = {0.05, 0.25, 0.5, 0.75, 0.95};

  private Summary() {}

  /**
   * Writes the summary.
   *
   * @param values at least one
   * @param into where to write
   * @param at from which index on
   */
  static void of(double[] values, double[] into, int at) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    into[at] = mean;
    into[at + 1] = Math.sqrt(squares / Math.max(1, values.length));
    for (int i = 0; i < PERCENTILES.length; i++) {
      int index = (int) Math.round(PERCENTILES[i] * (sorted.length - 1));
      into[at + 2 + i] = sorted.length == 0 ? 0 : sorted[index];
    }
  }
}
