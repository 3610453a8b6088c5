package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.tessera.omni.model.CalibrationCurve;

/**
 * Fits a {@link CalibrationCurve} to rows by penalized maximum likelihood: Platt (1999) where there
 * are few, and a line with up to five bends (linear splines, as Lucena 2018 has cubic ones) where
 * there are many. A model whose logit gathers rows that it cannot tell apart needs bends: no
 * straight line makes both its sure rows sure and those even.
 */
public final class CurveFit {
  private static final int DRAWS = 300;
  private static final long SEED = 20_260_131;

  /** Rows that pay for a bend; below that it fits chance (decision 031). */
  private static final int ROWS_PER_KNOT = 90;

  private static final int MOST_KNOTS = 5;
  private static final double LEAST_SLOPE = 0.05;
  private static final int STEPS = 50;
  private static final double LEAST_RATE = 1e-6;
  private static final double LEAST_GAIN = 1e-6;

  private final List<Double> knots;
  private final double[][] rows;
  private final boolean[] labels;

  private CurveFit(double[] logits, boolean[] labels) {
    this.knots = knots(logits);
    this.rows =
        DoubleStream.of(logits)
            .mapToObj(logit -> CalibrationCurve.basis(knots, logit))
            .toArray(double[][]::new);
    this.labels = labels;
  }

  /** Quantiles of the logits, so that every piece has as many rows. */
  private static List<Double> knots(double[] logits) {
    int count = Math.min(MOST_KNOTS, logits.length / ROWS_PER_KNOT);
    double[] sorted = logits.clone();
    Arrays.sort(sorted);
    List<Double> knots = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      double knot = sorted[i * sorted.length / (count + 1)];
      if (knots.isEmpty() || knot > knots.getLast()) {
        knots.add(knot);
      }
    }
    return knots;
  }

  /**
   * Fits; its spread is not measured.
   *
   * @param logits raw logits, one per row
   * @param labels true where the row has the finding
   */
  public static CalibrationCurve of(double[] logits, boolean[] labels) {
    CurveFit fit = new CurveFit(logits, labels);
    return fit.curve(fit.first(), List.of());
  }

  /**
   * Fits, and measures how far the curve would move with other patients: the covariance over
   * bootstrap draws of the patients, each with a prior that is drawn too. Where the rows are
   * perfectly separated every draw of patients fits alike, and only the prior tells how little is
   * known.
   *
   * @param clusters patient of each row
   */
  public static CalibrationCurve of(double[] logits, boolean[] labels, List<String> clusters) {
    return of(logits, labels, clusters, List.of());
  }

  /**
   * The same for patients who look otherwise than these do: wordings, machines. Looks are drawn as
   * patients are, and the covariance is doubled, for the patients to come have looks of their own,
   * which are as far from the mean of all as those that were drawn here.
   *
   * @param looks of each row, by kind; empty, or without any, if nothing is known of them
   */
  public static CalibrationCurve of(
      double[] logits,
      boolean[] labels,
      List<String> clusters,
      List<Map<String, String>> looks) {
    CurveFit fit = new CurveFit(logits, labels);
    double[] first = fit.first();
    WorldBootstrap draws = new WorldBootstrap(clusters, looks, SEED, DRAWS);
    return fit.curve(first, fit.covariance(first, draws));
  }

  private CalibrationCurve curve(double[] unknowns, List<Double> covariance) {
    int pieces = unknowns.length - 1;
    return new CalibrationCurve(
        knots,
        DoubleStream.of(unknowns).limit(pieces).boxed().toList(),
        unknowns[pieces],
        covariance);
  }

  private double[] first() {
    int[] once = new int[labels.length];
    Arrays.fill(once, 1);
    double[] start = new double[knots.size() + 2];
    Arrays.fill(start, 0, knots.size() + 1, 1);
    return fitted(start, once, CurvePrior.usual(knots.size() + 1));
  }

  private List<Double> covariance(double[] first, WorldBootstrap draws) {
    int size = first.length;
    double[] mean = new double[size];
    double[] products = new double[size * size];
    SplittableRandom random = new SplittableRandom(SEED);
    draws.forEach(
        weights -> {
          double[] drawn = fitted(first, weights, CurvePrior.drawn(size - 1, random));
          for (int i = 0; i < size; i++) {
            mean[i] += drawn[i] / DRAWS;
            for (int j = 0; j < size; j++) {
              products[i * size + j] += drawn[i] * drawn[j] / DRAWS;
            }
          }
        });
    int worlds = draws.hasLooks() ? 2 : 1;
    List<Double> covariance = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        covariance.add(worlds * (products[i * size + j] - mean[i] * mean[j]));
      }
    }
    return covariance;
  }

  /**
   * Newton's method, with the slopes held at the least one where they press against it (Bertsekas
   * 1982).
   *
   * @param weights how often each row stands there
   */
  private double[] fitted(double[] start, int[] weights, CurvePrior prior) {
    double[] unknowns = start;
    double loss = loss(unknowns, weights, prior);
    for (int step = 0; step < STEPS; step++) {
      double[] direction = direction(unknowns, weights, prior);
      double[] tried = unknowns;
      double next = Double.POSITIVE_INFINITY;
      for (double rate = 1; rate > LEAST_RATE && !(next < loss); rate /= 2) {
        tried = moved(unknowns, direction, rate);
        next = loss(tried, weights, prior);
      }
      if (!(next < loss - LEAST_GAIN)) {
        break;
      }
      unknowns = tried;
      loss = next;
    }
    return unknowns;
  }

  private static double[] moved(double[] unknowns, double[] direction, double rate) {
    double[] moved = new double[unknowns.length];
    for (int i = 0; i < moved.length; i++) {
      double to = unknowns[i] - rate * direction[i];
      moved[i] = i < moved.length - 1 ? Math.max(LEAST_SLOPE, to) : to;
    }
    return moved;
  }

  private double[] direction(double[] unknowns, int[] weights, CurvePrior prior) {
    int size = unknowns.length;
    double[] gradient = new double[size];
    double[][] curvature = new double[size][size];
    prior.addTo(unknowns, gradient, curvature);
    for (int row = 0; row < rows.length; row++) {
      if (weights[row] > 0) {
        add(row, weights[row], Calibration.sigmoid(dot(unknowns, rows[row])), gradient, curvature);
      }
    }
    for (int i = 0; i < size - 1; i++) {
      if (unknowns[i] <= LEAST_SLOPE && gradient[i] > 0) {
        hold(i, gradient, curvature);
      }
    }
    return solved(curvature, gradient);
  }

  private void add(
      int row, int weight, double probability, double[] gradient, double[][] curvature) {
    double miss = weight * (probability - (labels[row] ? 1 : 0));
    double bend = weight * probability * (1 - probability);
    double[] basis = rows[row];
    for (int i = 0; i < basis.length; i++) {
      // A logit lies along few of the pieces.
      if (basis[i] != 0) {
        gradient[i] += miss * basis[i];
        for (int j = 0; j < basis.length; j++) {
          curvature[i][j] += bend * basis[i] * basis[j];
        }
      }
    }
  }

  /** Leaves an unknown where it is. */
  private static void hold(int held, double[] gradient, double[][] curvature) {
    gradient[held] = 0;
    Arrays.fill(curvature[held], 0);
    for (double[] row : curvature) {
      row[held] = 0;
    }
    curvature[held][held] = 1;
  }

  /** Gaussian elimination; the prior keeps the matrix positive definite, so no pivot is needed. */
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
        right[row] -= factor * right[pivot];
      }
    }
    for (int row = size - 1; row >= 0; row--) {
      for (int column = row + 1; column < size; column++) {
        right[row] -= matrix[row][column] * right[column];
      }
      right[row] /= matrix[row][row];
    }
    return right;
  }

  private double loss(double[] unknowns, int[] weights, CurvePrior prior) {
    double sum = prior.loss(unknowns);
    for (int row = 0; row < rows.length; row++) {
      if (weights[row] > 0) {
        double z = dot(unknowns, rows[row]);
        sum +=
            weights[row]
                * (Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - (labels[row] ? z : 0));
      }
    }
    return sum;
  }

  private static double dot(double[] some, double[] others) {
    double sum = 0;
    for (int i = 0; i < some.length; i++) {
      sum += some[i] * others[i];
    }
    return sum;
  }
}
