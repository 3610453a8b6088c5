package org.tessera.validation.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.validation.metrics.Auroc;

class PerceptronTest {
  private static final int INPUTS = 6;

  private record Rows(List<float[]> values, boolean[] labels) {
    /** Exclusive or of the signs of the first and the last input. */
    static Rows draw(int count, long seed) {
      Random random = new Random(seed);
      List<float[]> values = new ArrayList<>();
      boolean[] labels = new boolean[count];
      for (int i = 0; i < count; i++) {
        float[] row = new float[INPUTS];
        for (int j = 0; j < INPUTS; j++) {
          row[j] = (float) random.nextGaussian();
        }
        labels[i] = row[0] > 0 != row[INPUTS - 1] > 0;
        values.add(row);
      }
      return new Rows(values, labels);
    }

    double auroc(Perceptron network) {
      return Auroc.of(values.stream().mapToDouble(network::score).toArray(), labels);
    }
  }

  @Test
  void learnsWhatNoSumCanSay() {
    Rows train = Rows.draw(1_200, 1);
    Perceptron network = Perceptron.fit(train.values(), train.labels(), 7);
    assertThat(Rows.draw(1_000, 2).auroc(network)).isGreaterThan(0.93);
  }

  @Test
  void theSameSeedGivesTheSameNetwork() {
    Rows train = Rows.draw(200, 3);
    Perceptron one = Perceptron.fit(train.values(), train.labels(), 9);
    Perceptron other = Perceptron.fit(train.values(), train.labels(), 9);
    for (float[] row : train.values()) {
      assertThat(one.score(row)).isEqualTo(other.score(row));
    }
  }

  @Test
  void randomLabelsTeachNothing() {
    Rows train = Rows.draw(1_200, 4);
    boolean[] coins = new boolean[train.labels().length];
    Random random = new Random(5);
    for (int i = 0; i < coins.length; i++) {
      coins[i] = random.nextBoolean();
    }
    Perceptron network = Perceptron.fit(train.values(), coins, 7);
    assertThat(Rows.draw(1_000, 6).auroc(network)).isBetween(0.42, 0.58);
  }
}
