package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationSpreadTest {
  private static final int ROWS = 200;
  private static final int WORLDS = 200;

  private static double truth(double logit) {
    return Calibration.sigmoid(0.7 * logit + 0.4);
  }

  /** Of 200 calibrations on 200 patients each, so many intervals hold the true probability. */
  @Test
  void intervalsHoldTheTrueProbabilityAboutAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    int asked = 0;
    for (int world = 0; world < WORLDS; world++) {
      double[] logits = random.doubles(ROWS, -4, 4).toArray();
      boolean[] labels = new boolean[ROWS];
      List<String> patients = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        labels[i] = random.nextDouble() < truth(logits[i]);
        patients.add("P" + i);
      }
      Temperature fitted = Temperature.fit(logits, labels);
      CalibrationSpread spread = CalibrationSpread.of(logits, labels, patients);
      for (double logit : new double[] {-2, 0, 1, 3}) {
        double reach = 1.96 * Math.sqrt(spread.variance(logit));
        double centre = fitted.apply(logit);
        asked++;
        if (truth(logit) >= Calibration.sigmoid(centre - reach)
            && truth(logit) <= Calibration.sigmoid(centre + reach)) {
          held++;
        }
      }
    }
    assertThat((double) held / asked).isBetween(0.90, 0.98);
  }

  @Test
  void morePatientsNarrowIt() {
    assertThat(of(2_000).bias()).isLessThan(of(100).bias() / 4);
  }

  private static CalibrationSpread of(int rows) {
    SplittableRandom random = new SplittableRandom(5);
    double[] logits = random.doubles(rows, -3, 3).toArray();
    boolean[] labels = new boolean[rows];
    List<String> patients = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      labels[i] = random.nextDouble() < truth(logits[i]);
      patients.add("P" + i);
    }
    return CalibrationSpread.of(logits, labels, patients);
  }
}
