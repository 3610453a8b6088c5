package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalCoverageTest {
  private static final int ROWS = 1_500;

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

  private static double[] all(double deviation) {
    double[] deviations = new double[ROWS];
    Arrays.fill(deviations, deviation);
    return deviations;
  }

  private double given(double shift, double deviation) {
    double[] shifted = Arrays.stream(logits).map(logit -> logit + shift).toArray();
    return IntervalCoverage.given(shifted, all(deviation), labels, patients);
  }

  @Test
  void intervalsMadeInTheSameWayFromTheSamePatientsHoldAsOftenAsTheySay() {
    IntervalCoverage coverage = IntervalCoverage.of(logits, all(0.3), labels, patients, List.of());
    assertThat(coverage.drawn()).isBetween(0.90, 0.98);
    assertThat(coverage.given()).isEqualTo(given(0, 0.3));
  }

  @Test
  void theMiddleWidthIsThatOfProbabilities() {
    double[] zeros = new double[3];
    boolean[] none = new boolean[3];
    double[] deviations = {0, 0.5, 9};
    List<String> clusters = List.of("A", "B", "C");
    double reach = 1.96 * 0.5;
    assertThat(IntervalCoverage.of(zeros, deviations, none, clusters, List.of()).width())
        .isEqualTo(Calibration.sigmoid(reach) - Calibration.sigmoid(-reach));
  }

  @Test
  void wideIntervalsHoldAndNarrowOnesBesideTheTruthDoNot() {
    assertThat(given(0, 0.3)).isGreaterThan(0.9);
    assertThat(given(2, 0.1)).isLessThan(0.2);
    assertThat(given(2, 2)).isGreaterThan(0.9);
    assertThat(given(0, Double.NaN)).isNaN();
  }

  @Test
  void intervalsThatKnowOfLooksHoldOnOtherLooks() {
    SplittableRandom random = new SplittableRandom(6);
    double[] biases = random.doubles(12, -1.5, 1.5).toArray();
    List<Map<String, String>> looks = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      looks.add(Map.of("wording", "W" + i % 12));
      labels[i] = random.nextDouble() < Calibration.sigmoid(logits[i] + biases[i % 12]);
    }
    assertThat(IntervalCoverage.of(logits, all(0.3), labels, patients, looks).drawn())
        .isBetween(0.9, 1.0);
  }

  @Test
  void fewPatientsMeasureNothing() {
    IntervalCoverage few =
        IntervalCoverage.of(
            new double[] {1, 2}, new double[] {1, 1}, new boolean[] {true, false},
            List.of("A", "B"), List.of());
    assertThat(few.given()).isNaN();
    assertThat(few.drawn()).isNaN();
  }
}
