package org.tessera.omni.model;

import java.util.List;

/**
 * Turns the raw logit of a finding into a calibrated one: a rising line that may bend at a few
 * knots, {@code shift + sum of slope x how far the logit lies along that piece, seen from 0}.
 * Without knots it is Platt's scale and shift. It never changes the order of two logits.
 *
 * @param knots raw logits at which the slope may change, rising
 * @param slopes {@code > 0}, of the pieces between them, one more than knots
 * @param shift the calibrated logit of the raw logit 0
 * @param covariance how slopes and shift, in this order, would move together with other patients,
 *     row by row; empty if it was not measured
 */
public record CalibrationCurve(
    List<Double> knots, List<Double> slopes, double shift, List<Double> covariance) {
  /** Changes nothing, and is of unknown spread. */
  public static final CalibrationCurve NONE =
      new CalibrationCurve(List.of(), List.of(1.0), 0, List.of());

  public CalibrationCurve {
    knots = List.copyOf(knots);
    slopes = List.copyOf(slopes);
    covariance = List.copyOf(covariance);
    int unknowns = slopes.size() + 1;
    if (slopes.size() != knots.size() + 1
        || !slopes.stream().allMatch(slope -> slope > 0)
        || !isRising(knots)
        || (!covariance.isEmpty() && covariance.size() != unknowns * unknowns)) {
      throw new IllegalArgumentException("This is not a rising line with bends.");
    }
  }

  private static boolean isRising(List<Double> knots) {
    for (int i = 1; i < knots.size(); i++) {
      if (!(knots.get(i) > knots.get(i - 1))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What a raw logit multiplies: for each piece how far it lies along it, seen from 0, and 1 for
   * the shift.
   */
  public static double[] basis(List<Double> knots, double raw) {
    double[] basis = new double[knots.size() + 2];
    for (int piece = 0; piece <= knots.size(); piece++) {
      double low = piece == 0 ? Double.NEGATIVE_INFINITY : knots.get(piece - 1);
      double high = piece == knots.size() ? Double.POSITIVE_INFINITY : knots.get(piece);
      basis[piece] = Math.clamp(raw, low, high) - Math.clamp(0.0, low, high);
    }
    basis[knots.size() + 1] = 1;
    return basis;
  }

  /** The calibrated logit. */
  public double apply(double raw) {
    double[] basis = basis(knots, raw);
    double sum = shift;
    for (int piece = 0; piece < slopes.size(); piece++) {
      sum += slopes.get(piece) * basis[piece];
    }
    return sum;
  }

  /** The calibrated logits. */
  public double[] apply(double[] raw) {
    double[] calibrated = new double[raw.length];
    for (int i = 0; i < raw.length; i++) {
      calibrated[i] = apply(raw[i]);
    }
    return calibrated;
  }

  /** The raw logit of a calibrated one. */
  public double raw(double calibrated) {
    int piece = 0;
    while (piece < knots.size() && calibrated > apply(knots.get(piece))) {
      piece++;
    }
    double from = knots.isEmpty() ? 0 : knots.get(Math.max(0, piece - 1));
    return from + (calibrated - apply(from)) / slopes.get(piece);
  }

  /** Standard error of the calibrated logit of a raw one; NaN if it was not measured. */
  public double deviation(double raw) {
    if (covariance.isEmpty()) {
      return Double.NaN;
    }
    double[] basis = basis(knots, raw);
    double variance = 0;
    for (int i = 0; i < basis.length; i++) {
      for (int j = 0; j < basis.length; j++) {
        variance += basis[i] * basis[j] * covariance.get(i * basis.length + j);
      }
    }
    return Math.sqrt(Math.max(0, variance));
  }
}
