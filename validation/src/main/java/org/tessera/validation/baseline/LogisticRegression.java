package org.tessera.validation.baseline;

import java.util.ArrayList;
import java.util.List;
import org.tessera.validation.metrics.Auroc;

/**
 * L2-penalized logistic regression on standardized features: minimizes mean log loss + strength / 2
 * x |weights|^2; the intercept is free. How strong the penalty is, is chosen by cross-validated
 * AUROC within the training rows, whole clusters on one side.
 */
public final class LogisticRegression {
  private static final double[] STRENGTHS = {10, 3, 1, 0.3, 0.1, 0.01};
  private static final double LEAST = STRENGTHS[STRENGTHS.length - 1];
  private static final int FOLDS = 4;

  private final Standardization standardization;
  private final double[] weights;
  private final double strength;

  private LogisticRegression(Standardization standardization, double[] weights, double strength) {
    this.standardization = standardization;
    this.weights = weights;
    this.strength = strength;
  }

  /**
   * Fits.
   *
   * @param features (rows, features)
   * @param labels true where the row has the finding; both classes must be there
   * @param clusters the cluster of each row
   * @throws IllegalArgumentException if one of the classes is missing
   */
  public static LogisticRegression fit(
      List<double[]> features, boolean[] labels, List<String> clusters) {
    int positives = 0;
    for (boolean label : labels) {
      positives += label ? 1 : 0;
    }
    if (positives == 0 || positives == labels.length) {
      throw new IllegalArgumentException("A regression needs both classes.");
    }
    double strength = features.getFirst().length == 1 ? LEAST : chosen(features, labels, clusters);
    Standardization standardization = Standardization.of(features);
    LogLoss loss = new LogLoss(standardization.apply(features), labels);
    double[] weights = new double[loss.size()];
    for (double each : STRENGTHS) {
      if (each >= strength) {
        weights = loss.minimize(each, weights);
      }
    }
    return new LogisticRegression(standardization, weights, strength);
  }

  /** The penalty that was chosen. */
  public double strength() {
    return strength;
  }

  /** The logit of one row. */
  public double score(double[] features) {
    float[] standardized = standardization.apply(features);
    double logit = weights[standardized.length];
    for (int i = 0; i < standardized.length; i++) {
      logit += weights[i] * standardized[i];
    }
    return logit;
  }

  private static double chosen(List<double[]> features, boolean[] labels, List<String> clusters) {
    double[] sums = new double[STRENGTHS.length];
    for (int fold = 0; fold < FOLDS; fold++) {
      double[] areas = foldAreas(features, labels, clusters, fold);
      for (int i = 0; i < sums.length; i++) {
        sums[i] += areas[i];
      }
    }
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] > sums[best] + 1e-9 ? i : best;
    }
    return STRENGTHS[best];
  }

  /** AUROC on one fold for each strength; 0 for all of them where a class is missing. */
  private static double[] foldAreas(
      List<double[]> features, boolean[] labels, List<String> clusters, int fold) {
    List<Integer> inside = new ArrayList<>();
    List<Integer> outside = new ArrayList<>();
    for (int row = 0; row < labels.length; row++) {
      boolean held = Math.floorMod(spread(clusters.get(row).hashCode()), FOLDS) == fold;
      (held ? outside : inside).add(row);
    }
    double[] areas = new double[STRENGTHS.length];
    boolean[] insideLabels = select(labels, inside);
    boolean[] outsideLabels = select(labels, outside);
    if (oneClass(insideLabels) || oneClass(outsideLabels)) {
      return areas;
    }
    List<double[]> train = inside.stream().map(features::get).toList();
    Standardization standardization = Standardization.of(train);
    LogLoss loss = new LogLoss(standardization.apply(train), insideLabels);
    double[] weights = new double[loss.size()];
    for (int i = 0; i < STRENGTHS.length; i++) {
      weights = loss.minimize(STRENGTHS[i], weights);
      LogisticRegression fitted = new LogisticRegression(standardization, weights, STRENGTHS[i]);
      double[] scores =
          outside.stream().mapToDouble(row -> fitted.score(features.get(row))).toArray();
      areas[i] = Auroc.of(scores, outsideLabels);
    }
    return areas;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }

  private static boolean[] select(boolean[] labels, List<Integer> rows) {
    boolean[] selected = new boolean[rows.size()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = labels[rows.get(i)];
    }
    return selected;
  }

  private static boolean oneClass(boolean[] labels) {
    for (boolean label : labels) {
      if (label != labels[0]) {
        return false;
      }
    }
    return true;
  }
}
