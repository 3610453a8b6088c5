package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tessera.omni.model.CalibrationCurve;

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

  /** The model was calibrated on a third of the validation patients. */
  private static final int SHARE = 3;

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
    List<List<Integer>> patients = byPatient(clusters);
    if (patients.size() / SHARE < LEAST_PATIENTS) {
      return new IntervalCoverage(Double.NaN, Double.NaN);
    }
    return new IntervalCoverage(
        given(logits, deviations, labels, clusters), drawn(logits, labels, patients));
  }

  private static List<List<Integer>> byPatient(List<String> clusters) {
    Map<String, List<Integer>> patients = new LinkedHashMap<>();
    for (int i = 0; i < clusters.size(); i++) {
      patients.computeIfAbsent(clusters.get(i), unseen -> new ArrayList<>()).add(i);
    }
    return List.copyOf(patients.values());
  }

  static double given(
      double[] logits, double[] deviations, boolean[] labels, List<String> clusters) {
    CalibrationCurve reference = CurveFit.of(logits, labels, clusters);
    double held = 0;
    for (int i = 0; i < logits.length; i++) {
      double error = Math.hypot(deviations[i], reference.deviation(logits[i]));
      double miss = Math.abs(reference.apply(logits[i]) - logits[i]);
      held += Double.isNaN(error) ? Double.NaN : miss <= NORMAL * error ? 1 : 0;
    }
    return held / logits.length;
  }

  private static double drawn(
      double[] logits, boolean[] labels, List<List<Integer>> patients) {
    CalibrationCurve reference = CurveFit.of(logits, labels);
    return IntStream.range(0, REPEATS)
        .parallel()
        .mapToDouble(repeat -> held(repeat, logits, labels, patients, reference))
        .sum()
        / REPEATS;
  }

  /** Share of the rows whose reference the intervals of one draw hold. */
  private static double held(
      int repeat,
      double[] logits,
      boolean[] labels,
      List<List<Integer>> patients,
      CalibrationCurve reference) {
    SplittableRandom random = new SplittableRandom(SEED + repeat);
    List<Integer> rows = new ArrayList<>();
    List<String> clusters = new ArrayList<>();
    for (int draw = 0; draw < patients.size() / SHARE; draw++) {
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
    CalibrationCurve fitted = CurveFit.of(own, has, clusters);
    long held =
        DoubleStream.of(logits)
            .filter(
                logit ->
                    Math.abs(reference.apply(logit) - fitted.apply(logit))
                        <= NORMAL * fitted.deviation(logit))
            .count();
    return (double) held / logits.length;
  }
}
