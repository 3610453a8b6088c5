package org.tessera.validation.fusion;

import java.util.List;
import java.util.Random;

/**
 * A network of one hidden layer (ReLU) and one logit, trained by Adam (Kingma and Ba 2015) on mean
 * log loss with weight decay: what early fusion is given, so that it can learn more than a sum.
 */
final class Perceptron {
  private static final int HIDDEN = 48;
  private static final int EPOCHS = 40;
  private static final int BATCH = 32;
  private static final double RATE = 2e-3;
  private static final double DECAY = 1e-3;

  private final int inputs;
  private final float[] weights;

  private Perceptron(int inputs, float[] weights) {
    this.inputs = inputs;
    this.weights = weights;
  }

  /**
   * Trains.
   *
   * @param rows (rows, inputs), about unit scale
   * @param labels true where the row has the finding
   * @param seed of first weights and order
   */
  static Perceptron fit(List<float[]> rows, boolean[] labels, long seed) {
    Random random = new Random(seed);
    Perceptron network = untrained(rows.getFirst().length, random);
    Adam adam = new Adam(network.weights);
    new Schedule(EPOCHS, BATCH, RATE)
        .over(
            rows.size(),
            random,
            (some, rate) -> {
              float[] gradient = new float[network.weights.length];
              for (int row : some) {
                network.backward(rows.get(row), labels[row], gradient, 1f / some.length);
              }
              adam.step(gradient, rate, DECAY);
            });
    return network;
  }

  /** First weights. */
  static Perceptron untrained(int inputs, Random random) {
    float[] weights = new float[HIDDEN * (inputs + 2) + 1];
    for (int i = 0; i < HIDDEN * inputs; i++) {
      weights[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
    }
    for (int i = 0; i < HIDDEN; i++) {
      weights[HIDDEN * (inputs + 1) + i] = (float) (random.nextGaussian() / Math.sqrt(HIDDEN));
    }
    return new Perceptron(inputs, weights);
  }

  /** The weights themselves. */
  float[] weights() {
    return weights;
  }

  /** The logit of a row. */
  double score(float[] row) {
    return forward(row, new float[HIDDEN]);
  }

  private double forward(float[] row, float[] hidden) {
    double logit = weights[weights.length - 1];
    for (int h = 0; h < HIDDEN; h++) {
      float sum = weights[HIDDEN * inputs + h];
      int at = h * inputs;
      for (int i = 0; i < inputs; i++) {
        sum += weights[at + i] * row[i];
      }
      hidden[h] = Math.max(0, sum);
      logit += weights[HIDDEN * (inputs + 1) + h] * hidden[h];
    }
    return logit;
  }

  /**
   * Adds the gradient of the log loss of a row.
   *
   * @param gradient of the weights, added to
   * @param share weight of the row
   * @return gradient of the row itself
   */
  float[] backward(float[] row, boolean label, float[] gradient, float share) {
    float[] through = new float[inputs];
    float[] hidden = new float[HIDDEN];
    double logit = forward(row, hidden);
    float miss = (float) (1 / (1 + Math.exp(-logit)) - (label ? 1 : 0)) * share;
    gradient[gradient.length - 1] += miss;
    for (int h = 0; h < HIDDEN; h++) {
      if (hidden[h] > 0) {
        gradient[HIDDEN * (inputs + 1) + h] += miss * hidden[h];
        float back = miss * weights[HIDDEN * (inputs + 1) + h];
        gradient[HIDDEN * inputs + h] += back;
        int at = h * inputs;
        for (int i = 0; i < inputs; i++) {
          gradient[at + i] += back * row[i];
          through[i] += back * weights[at + i];
        }
      }
    }
    return through;
  }
}
