package org.tessera.validation.bench;

import java.util.Arrays;

/**
 * What repeated measurements of one thing gave.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param low the smallest
 * @param high the largest
 */
public record Spread(double median, double low, double high) {

  /** Of at least one measurement. */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("There is no median of nothing.");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }
}
