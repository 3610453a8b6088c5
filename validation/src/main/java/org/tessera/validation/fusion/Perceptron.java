package org.tessera.validation.fusion;

import java.util.Arrays;
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
    int inputs = rows.getFirst().length;
    Perceptron network = new Perceptron(inputs, new float[HIDDEN * (inputs + 2) + 1]);
    for (int i = 0; i < HIDDEN * inputs; i++) {
      network.weights[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
    }
    for (int i = 0; i < HIDDEN; i++) {
      network.weights[HIDDEN * (inputs + 1) + i] =
          (float) (random.nextGaussian() / Math.sqrt(HIDDEN));
    }
    Adam adam = new Adam(network.weights);
    int[] order = new int[rows.size()];
    Arrays.setAll(order, i -> i);
    float[] gradient = new float[network.weights.length];
    int steps = EPOCHS * Math.ceilDiv(rows.size(), BATCH);
    int step = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(order.length, from + BATCH);
        Arrays.fill(gradient, 0);
        for (int i = from; i < to; i++) {
          network.backward(rows.get(order[i]), labels[order[i]], gradient, 1f / (to - from));
        }
        adam.step(gradient, RATE * 0.5 * (1 + Math.cos(Math.PI * step++ / steps)), DECAY);
      }
    }
    return network;
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

  private void backward(float[] row, boolean label, float[] gradient, float share) {
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
        }
      }
    }
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }

  /** The optimizer's memory. */
  private static final class Adam {
    private final float[] weights;
    private final float[] mean;
    private final float[] square;
    private int steps;

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
}
