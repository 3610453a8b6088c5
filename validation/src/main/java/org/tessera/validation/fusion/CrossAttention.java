package org.tessera.validation.fusion;

import java.util.List;
import java.util.Random;

/**
 * Modalities joined half-way (hybrid fusion, cross-attention): each modality's tokens are pooled by
 * a query of its own, what that gives asks the tokens of every other modality, and a perceptron
 * reads both kinds of answers side by side. Trained by Adam on mean log loss.
 */
final class CrossAttention {
  private static final Schedule SCHEDULE = new Schedule(30, 32, 2e-3);
  private static final double DECAY = 1e-3;

  private final int modalities;
  private final int width;

  /** First one query per modality, then a matrix and a bias per ordered pair of modalities. */
  private final float[] weights;

  private final Perceptron head;

  private CrossAttention(int modalities, int width, Random random) {
    this.modalities = modalities;
    this.width = width;
    this.weights = new float[modalities * width + pairs() * width * (width + 1)];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (random.nextGaussian() / Math.sqrt(width));
    }
    this.head = Perceptron.untrained((modalities + pairs()) * width, random);
  }

  private int pairs() {
    return modalities * (modalities - 1);
  }

  /**
   * Trains.
   *
   * @param rows each (modalities, tokens, width), about unit scale
   * @param labels true where the row has the finding
   * @param seed of first weights and order
   */
  static CrossAttention fit(List<float[][][]> rows, boolean[] labels, long seed) {
    Random random = new Random(seed);
    float[][][] first = rows.getFirst();
    CrossAttention network = new CrossAttention(first.length, first[0][0].length, random);
    Adam attention = new Adam(network.weights);
    Adam head = new Adam(network.head.weights());
    SCHEDULE.over(
        rows.size(),
        random,
        (some, rate) -> {
          float[] gradient = new float[network.weights.length];
          float[] headGradient = new float[network.head.weights().length];
          for (int row : some) {
            network.backward(
                rows.get(row), labels[row], gradient, headGradient, 1f / some.length);
          }
          attention.step(gradient, rate, DECAY);
          head.step(headGradient, rate, DECAY);
        });
    return network;
  }

  /** The logit of a row. */
  double score(float[][][] row) {
    return head.score(input(new AttentionPool[modalities], new AttentionPool[pairs()], row));
  }

  /** What the perceptron reads; the pools are filled on the way. */
  private float[] input(AttentionPool[] own, AttentionPool[] crossed, float[][][] row) {
    float[] input = new float[(modalities + pairs()) * width];
    for (int m = 0; m < modalities; m++) {
      float[] query = new float[width];
      System.arraycopy(weights, m * width, query, 0, width);
      own[m] = new AttentionPool(query, row[m]);
      System.arraycopy(own[m].pooled(), 0, input, m * width, width);
    }
    for (int pair = 0; pair < pairs(); pair++) {
      float[] asking = own[asking(pair)].pooled();
      float[] query = new float[width];
      int at = matrix(pair);
      for (int i = 0; i < width; i++) {
        float sum = weights[at + width * width + i];
        for (int j = 0; j < width; j++) {
          sum += weights[at + i * width + j] * asking[j];
        }
        query[i] = sum;
      }
      crossed[pair] = new AttentionPool(query, row[asked(pair)]);
      System.arraycopy(crossed[pair].pooled(), 0, input, (modalities + pair) * width, width);
    }
    return input;
  }

  private void backward(
      float[][][] row, boolean label, float[] gradient, float[] headGradient, float share) {
    AttentionPool[] own = new AttentionPool[modalities];
    AttentionPool[] crossed = new AttentionPool[pairs()];
    float[] input = input(own, crossed, row);
    float[] through = head.backward(input, label, headGradient, share);
    for (int pair = 0; pair < pairs(); pair++) {
      float[] query = crossed[pair].queryGradient(through, (modalities + pair) * width);
      float[] asking = own[asking(pair)].pooled();
      int at = matrix(pair);
      int back = asking(pair) * width;
      for (int i = 0; i < width; i++) {
        gradient[at + width * width + i] += query[i];
        for (int j = 0; j < width; j++) {
          gradient[at + i * width + j] += query[i] * asking[j];
          through[back + j] += query[i] * weights[at + i * width + j];
        }
      }
    }
    for (int m = 0; m < modalities; m++) {
      float[] query = own[m].queryGradient(through, m * width);
      for (int i = 0; i < width; i++) {
        gradient[m * width + i] += query[i];
      }
    }
  }

  private int matrix(int pair) {
    return modalities * width + pair * width * (width + 1);
  }

  private int asking(int pair) {
    return pair / (modalities - 1);
  }

  private int asked(int pair) {
    int other = pair % (modalities - 1);
    return other < asking(pair) ? other : other + 1;
  }
}
