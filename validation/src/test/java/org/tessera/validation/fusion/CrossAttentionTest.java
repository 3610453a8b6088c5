package org.tessera.validation.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.validation.metrics.Auroc;

class CrossAttentionTest {
  private static final int TOKENS = 12;
  private static final int WIDTH = 8;
  private static final int MARK = 0;
  private static final int SIGN = 1;

  private record Rows(List<float[][][]> values, boolean[] labels) {
    /**
     * Two modalities of noise; one token of each is marked and says yes or no, and the finding is
     * that they disagree.
     */
    static Rows draw(int count, long seed) {
      Random random = new Random(seed);
      List<float[][][]> values = new ArrayList<>();
      boolean[] labels = new boolean[count];
      for (int i = 0; i < count; i++) {
        float[][][] row = new float[2][TOKENS][WIDTH];
        boolean[] says = {random.nextBoolean(), random.nextBoolean()};
        for (int m = 0; m < 2; m++) {
          for (float[] token : row[m]) {
            for (int j = 0; j < WIDTH; j++) {
              token[j] = (float) random.nextGaussian();
            }
            token[MARK] = 0;
          }
          float[] marked = row[m][random.nextInt(TOKENS)];
          marked[MARK] = 3;
          marked[SIGN] = says[m] ? 2 : -2;
        }
        labels[i] = says[0] != says[1];
        values.add(row);
      }
      return new Rows(values, labels);
    }

    double auroc(CrossAttention network) {
      return Auroc.of(values.stream().mapToDouble(network::score).toArray(), labels);
    }
  }

  @Test
  void findsTheTokensThatDisagree() {
    Rows train = Rows.draw(1_500, 1);
    CrossAttention network = CrossAttention.fit(train.values(), train.labels(), 7);
    assertThat(Rows.draw(1_000, 2).auroc(network)).isGreaterThan(0.95);
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    Rows train = Rows.draw(100, 3);
    CrossAttention one = CrossAttention.fit(train.values(), train.labels(), 9);
    CrossAttention other = CrossAttention.fit(train.values(), train.labels(), 9);
    for (float[][][] row : train.values()) {
      assertThat(one.score(row)).isEqualTo(other.score(row));
    }
  }

  @Test
  void oneModalityAloneTeachesNothing() {
    Rows train = Rows.draw(1_500, 4);
    Rows test = Rows.draw(1_000, 5);
    List<float[][][]> same =
        train.values().stream().map(row -> new float[][][] {row[0], row[0]}).toList();
    CrossAttention network = CrossAttention.fit(same, train.labels(), 7);
    List<float[][][]> asked =
        test.values().stream().map(row -> new float[][][] {row[0], row[0]}).toList();
    assertThat(new Rows(asked, test.labels()).auroc(network)).isBetween(0.42, 0.58);
  }

  @Test
  void theGradientOfAQueryIsWhatASmallStepGives() {
    Random random = new Random(11);
    float[][] tokens = new float[5][WIDTH];
    float[] query = new float[WIDTH];
    float[] gradient = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      query[i] = (float) random.nextGaussian();
      gradient[i] = (float) random.nextGaussian();
      for (float[] token : tokens) {
        token[i] = (float) random.nextGaussian();
      }
    }
    float[] found = new AttentionPool(query, tokens).queryGradient(gradient, 0);
    for (int i = 0; i < WIDTH; i++) {
      float[] more = query.clone();
      more[i] += 1e-2f;
      float[] less = query.clone();
      less[i] -= 1e-2f;
      double slope =
          (along(gradient, new AttentionPool(more, tokens))
                  - along(gradient, new AttentionPool(less, tokens)))
              / 2e-2;
      assertThat((double) found[i]).isCloseTo(slope, within(2e-3));
    }
  }

  private static double along(float[] gradient, AttentionPool pool) {
    double sum = 0;
    for (int i = 0; i < WIDTH; i++) {
      sum += gradient[i] * pool.pooled()[i];
    }
    return sum;
  }
}
