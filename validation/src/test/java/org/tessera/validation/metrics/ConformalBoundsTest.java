package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ConformalBoundsTest {

  /** Coverage over many draws of calibration and new patients is at least what is promised. */
  @Test
  void theTrueClassIsInTheSetAsOftenAsPromised() {
    Random random = new Random(3);
    int covered = 0;
    int asked = 0;
    for (int round = 0; round < 400; round++) {
      double[] probabilities = new double[60];
      boolean[] labels = new boolean[60];
      for (int i = 0; i < 60; i++) {
        labels[i] = i % 2 == 0;
        probabilities[i] = drawn(random, labels[i]);
      }
      ConformalBounds bounds = ConformalBounds.of(probabilities, labels, 0.1);
      boolean truth = random.nextBoolean();
      double probability = drawn(random, truth);
      covered +=
          truth
              ? probability >= bounds.present().orElseThrow() ? 1 : 0
              : probability <= bounds.absent().orElseThrow() ? 1 : 0;
      asked++;
    }
    assertThat((double) covered / asked).isBetween(0.87, 0.96);
  }

  private static double drawn(Random random, boolean label) {
    return 1 / (1 + Math.exp(-random.nextGaussian() - (label ? 1 : -1)));
  }

  @Test
  void whatIsNearlyCertainIsNeverLeftOut() {
    double[] probabilities = new double[80];
    boolean[] labels = new boolean[80];
    for (int i = 0; i < 80; i++) {
      labels[i] = i % 2 == 0;
      probabilities[i] = labels[i] ? 0.999 : 0.001;
    }
    ConformalBounds bounds = ConformalBounds.of(probabilities, labels, 0.1);
    assertThat(bounds.present()).hasValue(0.9);
    assertThat(bounds.absent()).hasValue(0.1);
  }

  @Test
  void tooFewPatientsGiveNoBound() {
    double[] probabilities = {0.9, 0.8, 0.2, 0.1};
    boolean[] labels = {true, true, false, false};
    ConformalBounds bounds = ConformalBounds.of(probabilities, labels, 0.1);
    assertThat(bounds.present()).isEmpty();
    assertThat(bounds.absent()).isEmpty();
  }
}
