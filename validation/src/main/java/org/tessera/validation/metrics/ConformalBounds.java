package org.tessera.validation.metrics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Bounds of a split conformal prediction set by class (Vovk, Gammerman and Shafer 2005): a class is
 * in the set if more than {@code risk} of the patients of that class, this one included, are at
 * least as unlike the class as this one. For patients exchangeable with the calibration patients,
 * the class that is true is in the set with a probability of at least {@code 1 - risk}, on average.
 * A class to which the calibrated probability itself gives more than {@code 1 - risk} is never left
 * out: where nearly all patients stand at 0.999, one at 0.99 is nothing unusual. That only makes
 * sets larger, so the promise holds.
 *
 * @param present least probability at which the finding is in the set; empty if there are too few
 *     patients with it for any to be left out
 * @param absent greatest probability at which its absence is in the set; empty if there are too few
 *     without it
 */
public record ConformalBounds(OptionalDouble present, OptionalDouble absent) {

  /**
   * Takes the bounds.
   *
   * @param probabilities one per patient
   * @param labels true where the patient has the finding
   * @param risk from 0 to 1
   */
  public static ConformalBounds of(double[] probabilities, boolean[] labels, double risk) {
    double[] with = of(probabilities, labels, true);
    double[] without = of(probabilities, labels, false);
    int most = (int) Math.floor(risk * (without.length + 1));
    int least = (int) Math.floor(risk * (with.length + 1));
    return new ConformalBounds(
        least == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.min(1 - risk, with[least - 1])),
        most == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.max(risk, without[without.length - most])));
  }

  private static double[] of(double[] probabilities, boolean[] labels, boolean wanted) {
    double[] sorted = new double[probabilities.length];
    int count = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == wanted) {
        sorted[count++] = probabilities[i];
      }
    }
    sorted = Arrays.copyOf(sorted, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
