package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalCoverageTest {
  private static final int ROWS = 450;

  private final double[] logits = new SplittableRandom(3).doubles(ROWS, -4, 4).toArray();
  private final boolean[] labels = new boolean[ROWS];
  private final List<String> patients = new ArrayList<>();

  IntervalCoverageTest() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < ROWS; i++) {
      labels[i] = random.nextDouble() < Calibration.sigmoid(logits[i]);
      patients.add("P" + i);
    }
  }

  private IntervalCoverage with(double shift, double deviation) {
    double[] shifted = Arrays.stream(logits).map(logit -> logit + shift).toArray();
    double[] deviations = new double[ROWS];
    Arrays.fill(deviations, deviation);
    return IntervalCoverage.of(shifted, deviations, labels, patients);
  }

  @Test
  void intervalsMadeInTheSameWayFromTheSamePatientsHoldAsOftenAsTheySay() {
    assertThat(with(0, 0.3).drawn()).isBetween(0.90, 0.98);
  }

  @Test
  void wideIntervalsHoldAndNarrowOnesBesideTheTruthDoNot() {
    assertThat(with(0, 0.3).given()).isGreaterThan(0.9);
    assertThat(with(2, 0.1).given()).isLessThan(0.2);
    assertThat(with(2, 2).given()).isGreaterThan(0.9);
  }

  @Test
  void fewPatientsOrUnknownErrorsMeasureNothing() {
    assertThat(with(0, Double.NaN).given()).isNaN();
    IntervalCoverage few =
        IntervalCoverage.of(
            new double[] {1, 2}, new double[] {1, 1}, new boolean[] {true, false},
            List.of("A", "B"));
    assertThat(few.given()).isNaN();
    assertThat(few.drawn()).isNaN();
  }
}
