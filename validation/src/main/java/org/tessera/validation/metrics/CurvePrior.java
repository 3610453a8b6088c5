package org.tessera.validation.metrics;

import java.util.random.RandomGenerator;

/**
 * What a calibration is held near before any row is seen, by independent Gaussians: the mean of the
 * slopes near 1 and the shift near 0, both of unit width, and every slope near the one before it.
 * Few rows change little, and perfectly separated rows do not blow the slopes up.
 *
 * @param slope centre of the mean slope
 * @param bends centres of each slope less the one before it
 * @param shift centre of the shift
 */
record CurvePrior(double slope, double[] bends, double shift) {
  /** One over the variance of a bend. */
  private static final double STIFFNESS = 0.3;

  /** That of the straight line that changes nothing. */
  static CurvePrior usual(int pieces) {
    return new CurvePrior(1, new double[pieces - 1], 0);
  }

  /** Its centres drawn from the Gaussians themselves (Osband 2018, randomized priors). */
  static CurvePrior drawn(int pieces, RandomGenerator random) {
    double[] bends = new double[pieces - 1];
    for (int i = 0; i < bends.length; i++) {
      bends[i] = random.nextGaussian() / Math.sqrt(STIFFNESS);
    }
    return new CurvePrior(1 + random.nextGaussian(), bends, random.nextGaussian());
  }

  /** Its part of the loss: half the sum of squared distances, each over its variance. */
  double loss(double[] unknowns) {
    double sum = square(mean(unknowns) - slope) + square(unknowns[unknowns.length - 1] - shift);
    for (int i = 0; i < bends.length; i++) {
      sum += STIFFNESS * square(unknowns[i + 1] - unknowns[i] - bends[i]);
    }
    return sum / 2;
  }

  /** Adds its part of gradient and curvature of the loss. */
  void addTo(double[] unknowns, double[] gradient, double[][] curvature) {
    int pieces = unknowns.length - 1;
    double miss = (mean(unknowns) - slope) / pieces;
    for (int i = 0; i < pieces; i++) {
      gradient[i] += miss;
      for (int j = 0; j < pieces; j++) {
        curvature[i][j] += 1.0 / (pieces * pieces);
      }
    }
    for (int i = 0; i < bends.length; i++) {
      double bend = STIFFNESS * (unknowns[i + 1] - unknowns[i] - bends[i]);
      gradient[i] -= bend;
      gradient[i + 1] += bend;
      curvature[i][i] += STIFFNESS;
      curvature[i + 1][i + 1] += STIFFNESS;
      curvature[i][i + 1] -= STIFFNESS;
      curvature[i + 1][i] -= STIFFNESS;
    }
    gradient[pieces] += unknowns[pieces] - shift;
    curvature[pieces][pieces] += 1;
  }

  private static double mean(double[] unknowns) {
    double sum = 0;
    for (int i = 0; i < unknowns.length - 1; i++) {
      sum += unknowns[i];
    }
    return sum / (unknowns.length - 1);
  }

  private static double square(double value) {
    return value * value;
  }
}
