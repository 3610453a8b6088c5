package org.tessera.validation.fusion;

/** The optimizer's memory of some weights (Kingma and Ba 2015), with weight decay apart. */
final class Adam {
  private final float[] weights;
  private final float[] mean;
  private final float[] square;
  private int steps;

  /**
   * Prepares it.
   *
   * @param weights are changed in place
   */
  Adam(float[] weights) {
    this.weights = weights;
    this.mean = new float[weights.length];
    this.square = new float[weights.length];
  }

  void step(float[] gradient, double rate, double decay) {
    steps++;
    double first = 1 - Math.pow(0.9, steps);
    double second = 1 - Math.pow(0.999, steps);
    for (int i = 0; i < weights.length; i++) {
      mean[i] += 0.1f * (gradient[i] - mean[i]);
      square[i] += 0.001f * (gradient[i] * gradient[i] - square[i]);
      double move = mean[i] / first / (Math.sqrt(square[i] / second) + 1e-8);
      weights[i] -= (float) (rate * (move + decay * weights[i]));
    }
  }
}
