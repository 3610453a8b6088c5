package org.tessera.validation.baseline;

import java.util.List;

/**
 * Features shifted and scaled to mean 0 and standard deviation 1 on the training rows; constant
 * ones become 0. Beyond ten standard deviations values are clipped.
 */
final class Standardization {
  private static final float MOST = 10;

  private final double[] mean;
  private final double[] scale;

  private Standardization(double[] mean, double[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  static Standardization of(List<double[]> rows) {
    int size = rows.getFirst().length;
    double[] mean = new double[size];
    double[] squares = new double[size];
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    for (double[] row : rows) {
      for (int i = 0; i < size; i++) {
        squares[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.size();
      }
    }
    double[] scale = new double[size];
    for (int i = 0; i < size; i++) {
      scale[i] = squares[i] < 1e-18 ? 0 : 1 / Math.sqrt(squares[i]);
    }
    return new Standardization(mean, scale);
  }

  float[] apply(double[] row) {
    float[] standardized = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      standardized[i] = Math.clamp((float) ((row[i] - mean[i]) * scale[i]), -MOST, MOST);
    }
    return standardized;
  }

  float[][] apply(List<double[]> rows) {
    return rows.stream().map(this::apply).toArray(float[][]::new);
  }
}
