package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Finding.OperatingPoint;

class CalibrationTest {
  @Test
  void brierAndExpectedErrorOfKnownRows() {
    double[] p = {0.9, 0.8, 0.3, 0.35};
    boolean[] y = {true, false, false, true};
    assertThat(Calibration.brier(p, y))
        .isEqualTo((0.01 + 0.64 + 0.09 + 0.4225) / 4, within(1e-12));
    // four rows are one bin: mean probability 0.5875, half of them true
    assertThat(Calibration.expectedError(p, y)).isEqualTo(0.0875, within(1e-12));
  }

  @Test
  void everyBinHasAsManyRows() {
    // Two bins of ten rows: promised 0.1 and 0.8, seen 0.3 and 0.5.
    double[] p = new double[20];
    boolean[] y = new boolean[20];
    for (int i = 0; i < 20; i++) {
      p[i] = i % 2 == 0 ? 0.1 : 0.8;
      y[i] = i % 2 == 0 ? i < 6 : i < 10;
    }
    assertThat(Calibration.expectedError(p, y))
        .isEqualTo((Math.abs(1 - 3) + Math.abs(8 - 5)) / 20.0, within(1e-12));
  }

  @Test
  void theSigmoidNeverOverflows() {
    assertThat(Calibration.sigmoid(0)).isEqualTo(0.5);
    assertThat(Calibration.sigmoid(-1000)).isZero();
    assertThat(Calibration.sigmoid(1000)).isEqualTo(1);
  }

  @Test
  void theThresholdMaximizesYoudenAndPrefersTheMoreSpecific() {
    double[] p = {0.1, 0.2, 0.6, 0.4, 0.7, 0.9};
    boolean[] y = {false, false, false, true, true, true};
    // 0.65: 2/3 + 1; 0.3: 1 + 2/3; equally good
    OperatingPoint point = OperatingPoints.choose(p, y, 0, "six rows").orElseThrow();
    assertThat(point.threshold()).isEqualTo(0.65, within(1e-12));
    assertThat(point.sensitivity()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(point.specificity()).isEqualTo(1);
    assertThat(point.from()).isEqualTo("six rows");
  }

  @Test
  void withoutBothClassesThereIsNoOperatingPoint() {
    assertThat(OperatingPoints.choose(new double[] {0.3}, new boolean[] {true}, 0, "one"))
        .isEmpty();
  }

  @Test
  void aScoreAtTheThresholdCountsAsFound() {
    double[] p = {0.5, 0.5};
    boolean[] y = {true, false};
    assertThat(OperatingPoints.sensitivity(p, y, 0.5)).isEqualTo(1);
    assertThat(OperatingPoints.specificity(p, y, 0.5)).isZero();
  }
}
