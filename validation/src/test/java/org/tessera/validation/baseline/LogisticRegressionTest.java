package org.tessera.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tessera.validation.metrics.Auroc;

class LogisticRegressionTest {
  private final SplittableRandom random = new SplittableRandom(6);

  @Test
  void theMinimumIsAPointWithoutSlope() {
    float[][] rows = new float[80][7];
    boolean[] labels = new boolean[80];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < 7; j++) {
        rows[i][j] = (float) random.nextDouble(-2, 2);
      }
      labels[i] = rows[i][0] - rows[i][3] + random.nextDouble(-1, 1) > 0;
    }
    for (double strength : new double[] {1, 0.01}) {
      double[] weights = new LogLoss(rows, labels).minimize(strength, new double[8]);
      for (int j = 0; j < weights.length; j++) {
        double[] up = weights.clone();
        double[] down = weights.clone();
        up[j] += 1e-4;
        down[j] -= 1e-4;
        double slope =
            (loss(rows, labels, strength, up) - loss(rows, labels, strength, down)) / 2e-4;
        assertThat(slope).as("weight %d at %s", j, strength).isEqualTo(0, within(2e-3));
      }
      assertThat(weights[0]).isPositive();
      assertThat(weights[3]).isNegative();
    }
  }

  @Test
  void theInterceptAloneIsTheLogitOfTheShareOfPositives() {
    float[][] rows = new float[100][1];
    boolean[] labels = new boolean[100];
    for (int i = 0; i < 25; i++) {
      labels[i] = true;
    }
    double[] weights = new LogLoss(rows, labels).minimize(1, new double[2]);
    assertThat(weights[1]).isEqualTo(Math.log(0.25 / 0.75), within(5e-3));
  }

  @Test
  void aSignalAmongManyFeaturesIsFoundOnOtherPatients() {
    List<double[]> train = new ArrayList<>();
    boolean[] labels = draw(train, 200, 400, 1.0);
    List<double[]> other = new ArrayList<>();
    boolean[] otherLabels = draw(other, 200, 400, 1.0);
    LogisticRegression fitted = LogisticRegression.fit(train, labels, patients(200));
    double[] scores = other.stream().mapToDouble(fitted::score).toArray();
    assertThat(Auroc.of(scores, otherLabels)).isGreaterThan(0.85);
  }

  @Test
  void noiseStaysNoiseOnOtherPatients() {
    List<double[]> train = new ArrayList<>();
    boolean[] labels = draw(train, 150, 600, 0);
    List<double[]> other = new ArrayList<>();
    boolean[] otherLabels = draw(other, 400, 600, 0);
    LogisticRegression fitted = LogisticRegression.fit(train, labels, patients(150));
    double[] scores = other.stream().mapToDouble(fitted::score).toArray();
    assertThat(Auroc.of(scores, otherLabels)).isEqualTo(0.5, within(0.1));
  }

  @Test
  void oneClassCannotBeFitted() {
    assertThatThrownBy(
            () ->
                LogisticRegression.fit(
                    List.of(new double[] {1}, new double[] {2}),
                    new boolean[] {true, true},
                    List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Rows whose first ten features carry the label. */
  private boolean[] draw(List<double[]> rows, int n, int features, double shift) {
    boolean[] labels = new boolean[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 2 == 0;
      double[] row = random.doubles(features, -1.7, 1.7).toArray();
      for (int j = 0; j < 10; j++) {
        row[j] += labels[i] ? shift : 0;
      }
      rows.add(row);
    }
    return labels;
  }

  private static List<String> patients(int n) {
    return IntStream.range(0, n).mapToObj(i -> "patient" + i).toList();
  }

  private static double loss(float[][] rows, boolean[] labels, double strength, double[] w) {
    double loss = 0;
    for (int j = 0; j < w.length - 1; j++) {
      loss += strength / 2 * w[j] * w[j];
    }
    for (int i = 0; i < rows.length; i++) {
      double z = w[w.length - 1];
      for (int j = 0; j < rows[i].length; j++) {
        z += w[j] * rows[i][j];
      }
      loss += Math.log(1 + Math.exp(labels[i] ? -z : z)) / rows.length;
    }
    return loss;
  }
}
