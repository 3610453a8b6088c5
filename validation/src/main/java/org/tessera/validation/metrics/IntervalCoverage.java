package org.tessera.validation.metrics;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.tessera.omni.model.CalibrationCurve;

/**
 * How often the interval of a probability holds the probability that the rows themselves bear out:
 * that of a calibration fitted on all of them, since a single row only shows whether the finding
 * was there.
 *
 * @param given of the intervals that the model gives: share of the rows, 0 to 1; the reference is
 *     itself uncertain by so many patients, and its standard error is added to the interval's
 * @param drawn of intervals made anew in the same way from some of these rows
 *     ({@link RedrawnIntervals})
 * @param width of the middle one of the intervals that the model gives, 0 to 1
 */
public record IntervalCoverage(double given, double drawn, double width) {
  static final double NORMAL = 1.96;
  private static final int LEAST_PATIENTS = 90;

  /**
   * Measures all three.
   *
   * @param logits calibrated, one per row
   * @param deviations standard error of each; NaN where it was not measured
   * @param labels true where the row has the finding
   * @param clusters patient of each row
   * @param looks of each row, by kind; empty if nothing is known of them
   * @return NaN where a deviation is missing, or for fewer than 90 patients
   */
  public static IntervalCoverage of(
      double[] logits,
      double[] deviations,
      boolean[] labels,
      List<String> clusters,
      List<Map<String, String>> looks) {
    double width = width(logits, deviations);
    if (new LinkedHashSet<>(clusters).size() < LEAST_PATIENTS) {
      return new IntervalCoverage(Double.NaN, Double.NaN, width);
    }
    return new IntervalCoverage(
        given(logits, deviations, labels, clusters),
        new RedrawnIntervals(new CalibrationRows(logits, labels, clusters, looks)).held(),
        width);
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

  private static double width(double[] logits, double[] deviations) {
    double[] widths = new double[logits.length];
    for (int i = 0; i < widths.length; i++) {
      double reach = NORMAL * deviations[i];
      widths[i] = Calibration.sigmoid(logits[i] + reach) - Calibration.sigmoid(logits[i] - reach);
    }
    Arrays.sort(widths);
    return widths.length == 0 ? Double.NaN : widths[widths.length / 2];
  }
}
