package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often the interval of a probability holds the probability that the rows themselves bear out:
 * that of a calibration fitted on all of them, since a single row only shows whether the finding
 * was there.
 *
 * @param given of the intervals that the model gives: share of the rows, 0 to 1; the reference is
 *     itself uncertain by so many patients, and its standard error is added to the interval's
 * @param drawn of intervals made anew in the same way from a third of the patients, drawn from
 *     these rows: the method without any difference between those that calibrated and these
 */
public record IntervalCoverage(double given, double drawn) {
  private static final int REPEATS = 100;
  private static final long SEED = 20_261_130L;
  private static final double NORMAL = 1.96;
  private static final int LEAST_PATIENTS = 30;

  /**
   * Measures both.
   *
   * @param logits calibrated, one per row
   * @param deviations standard error of each; NaN where it was not measured
   * @param labels true where the row has the finding
   * @param clusters patient of each row
   * @return NaN where a deviation is missing, or for fewer than 90 patients
   */
  public static IntervalCoverage of(
      double[] logits, double[] deviations, boolean[] labels, List<String> clusters) {
    Map<String, List<Integer>> patients = new HashMap<>();
    for (int i = 0; i < logits.length; i++) {
      patients.computeIfAbsent(clusters.get(i), unseen -> new ArrayList<>()).add(i);
    }
    int third = patients.size() / 3;
    if (third < LEAST_PATIENTS) {
      return new IntervalCoverage(Double.NaN, Double.NaN);
    }
    Temperature reference = Temperature.fit(logits, labels);
    CalibrationSpread spread = CalibrationSpread.of(logits, labels, clusters);
    double held = 0;
    for (int i = 0; i < logits.length; i++) {
      double error = Math.hypot(deviations[i], Math.sqrt(spread.variance(logits[i])));
      double miss = Math.abs(reference.apply(logits[i]) - logits[i]);
      held += Double.isNaN(error) ? Double.NaN : miss <= NORMAL * error ? 1 : 0;
    }
    return new IntervalCoverage(
        held / logits.length,
        drawn(logits, labels, new ArrayList<>(patients.values()), third, reference));
  }

  private static double drawn(
      double[] logits,
      boolean[] labels,
      List<List<Integer>> patients,
      int size,
      Temperature reference) {
    SplittableRandom random = new SplittableRandom(SEED);
    long held = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      List<Integer> rows = new ArrayList<>();
      List<String> clusters = new ArrayList<>();
      for (int draw = 0; draw < size; draw++) {
        for (int row : patients.get(random.nextInt(patients.size()))) {
          rows.add(row);
          clusters.add(Integer.toString(draw));
        }
      }
      double[] own = rows.stream().mapToDouble(row -> logits[row]).toArray();
      boolean[] has = new boolean[own.length];
      for (int i = 0; i < has.length; i++) {
        has[i] = labels[rows.get(i)];
      }
      Temperature fitted = Temperature.fit(own, has);
      CalibrationSpread spread = CalibrationSpread.of(own, has, clusters);
      for (double logit : logits) {
        double miss = Math.abs(reference.apply(logit) - fitted.apply(logit));
        held += miss <= NORMAL * Math.sqrt(spread.variance(logit)) ? 1 : 0;
      }
    }
    return (double) held / ((long) REPEATS * logits.length);
  }
}
