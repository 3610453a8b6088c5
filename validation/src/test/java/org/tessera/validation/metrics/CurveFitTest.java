package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.CalibrationCurve;

class CurveFitTest {
  private static final int ROWS = 200;
  private static final int WORLDS = 200;

  private static final DoubleUnaryOperator STRAIGHT = logit -> 0.7 * logit + 0.4;

  /** Sure below -2 and above 2, and even in between: rows that the model cannot tell apart. */
  private static final DoubleUnaryOperator PLATEAU =
      logit -> 3 * (Math.max(0, logit - 2) + Math.min(0, logit + 2));

  private record Rows(double[] logits, boolean[] labels, List<String> patients) {
    static Rows of(int count, double reach, DoubleUnaryOperator truth, SplittableRandom random) {
      double[] logits = random.doubles(count, -reach, reach).toArray();
      boolean[] labels = new boolean[count];
      List<String> patients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        labels[i] =
            random.nextDouble() < Calibration.sigmoid(truth.applyAsDouble(logits[i]));
        patients.add("P" + i);
      }
      return new Rows(logits, labels, patients);
    }
  }

  @Test
  void overconfidentLogitsAreCooledAndTheOrderIsKept() {
    Rows rows = Rows.of(2_000, 9, logit -> logit / 3 - 0.5, new SplittableRandom(3));
    CalibrationCurve fitted = CurveFit.of(rows.logits(), rows.labels());
    double[] calibrated = fitted.apply(rows.logits());
    for (double logit : new double[] {-6, -2, 0, 2, 6}) {
      assertThat(fitted.apply(logit)).isEqualTo(logit / 3 - 0.5, within(0.4));
    }
    assertThat(error(calibrated, rows.labels()))
        .isLessThan(0.04)
        .isLessThan(error(rows.logits(), rows.labels()) / 2);
    assertThat(Auroc.of(calibrated, rows.labels()))
        .isEqualTo(Auroc.of(rows.logits(), rows.labels()));
  }

  private static double error(double[] logits, boolean[] labels) {
    return Calibration.expectedError(Calibration.probabilities(logits), labels);
  }

  /** Fitted on some rows, measured on others; a straight line is off by 0.07 there. */
  @Test
  void aPlateauOfRowsThatCannotBeToldApartIsFollowed() {
    SplittableRandom random = new SplittableRandom(17);
    Rows rows = Rows.of(900, 4, PLATEAU, random);
    Rows others = Rows.of(9_000, 4, PLATEAU, random);
    CalibrationCurve fitted = CurveFit.of(rows.logits(), rows.labels());
    assertThat(fitted.knots()).hasSize(5);
    assertThat(error(fitted.apply(others.logits()), others.labels())).isLessThan(0.04);
    Rows few = Rows.of(89, 4, PLATEAU, random);
    CalibrationCurve straight = CurveFit.of(few.logits(), few.labels());
    assertThat(straight.knots()).isEmpty();
    assertThat(error(straight.apply(others.logits()), others.labels())).isGreaterThan(0.05);
  }

  @Test
  void fewSeparatedRowsDoNotBlowTheSlopeUp() {
    CalibrationCurve fitted =
        CurveFit.of(new double[] {-2, -1, 1, 2}, new boolean[] {false, false, true, true});
    assertThat(fitted.slopes().getFirst()).isBetween(1.0, 2.0);
  }

  @Test
  void logitsThatPointTheWrongWayAreFlattenedButNeverTurnedRound() {
    Rows rows = Rows.of(600, 4, logit -> -2 * logit, new SplittableRandom(4));
    CalibrationCurve fitted = CurveFit.of(rows.logits(), rows.labels());
    assertThat(fitted.slopes()).hasSize(6).allMatch(slope -> slope >= 0.05 && slope < 0.3);
  }

  @Test
  void noRowsLeaveTheLogitsAsTheyAre() {
    assertThat(CurveFit.of(new double[0], new boolean[0]).apply(1.25)).isEqualTo(1.25);
  }

  @Test
  void rowsOfOneLogitAreNoReasonForABend() {
    double[] logits = new double[500];
    Arrays.fill(logits, 1.5);
    boolean[] labels = new boolean[500];
    Arrays.fill(labels, 0, 250, true);
    CalibrationCurve fitted = CurveFit.of(logits, labels);
    assertThat(fitted.knots()).containsExactly(1.5);
    assertThat(fitted.apply(1.5)).isEqualTo(0, within(0.02));
  }

  /** Of 200 calibrations on 200 patients each, so many intervals hold the true probability. */
  @Test
  void intervalsHoldTheTrueProbabilityAboutAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(11);
    int held = 0;
    int asked = 0;
    for (int world = 0; world < WORLDS; world++) {
      Rows rows = Rows.of(ROWS, 4, STRAIGHT, random);
      CalibrationCurve fitted = CurveFit.of(rows.logits(), rows.labels(), rows.patients());
      for (double logit : new double[] {-2, 0, 1, 3}) {
        double miss = fitted.apply(logit) - STRAIGHT.applyAsDouble(logit);
        asked++;
        held += Math.abs(miss) <= 1.96 * fitted.deviation(logit) ? 1 : 0;
      }
    }
    assertThat((double) held / asked).isBetween(0.90, 0.98);
  }

  /** Eight looks, each read with a bias of its own, and what is true of all of them together. */
  private record World(Rows rows, List<Map<String, String>> looks, DoubleUnaryOperator truth) {
    static World of(SplittableRandom random) {
      double[] biases = new double[8];
      Arrays.setAll(biases, look -> random.nextGaussian());
      List<Map<String, String>> looks = new ArrayList<>();
      int[] own = new int[8 * 60];
      for (int i = 0; i < own.length; i++) {
        own[i] = i % 8;
        looks.add(Map.of("wording", "W" + own[i]));
      }
      double[] logits = random.doubles(own.length, -3, 3).toArray();
      boolean[] labels = new boolean[own.length];
      List<String> patients = new ArrayList<>();
      for (int i = 0; i < own.length; i++) {
        labels[i] = random.nextDouble() < Calibration.sigmoid(logits[i] + biases[own[i]]);
        patients.add("P" + i);
      }
      DoubleUnaryOperator truth =
          logit -> {
            double mean =
                Arrays.stream(biases).map(b -> Calibration.sigmoid(logit + b)).average().orElse(0);
            return Math.log(mean / (1 - mean));
          };
      return new World(new Rows(logits, labels, patients), looks, truth);
    }
  }

  /** Calibrated in one world, asked in the next, forty times. */
  @Test
  void whereLooksChangeTheIntervalHoldsOnlyIfItKnowsOfThem() {
    SplittableRandom random = new SplittableRandom(12);
    int knowing = 0;
    int unknowing = 0;
    int asked = 0;
    for (int i = 0; i < 40; i++) {
      World here = World.of(random);
      World next = World.of(random);
      Rows rows = here.rows();
      CalibrationCurve wide =
          CurveFit.of(rows.logits(), rows.labels(), rows.patients(), here.looks());
      CalibrationCurve narrow = CurveFit.of(rows.logits(), rows.labels(), rows.patients());
      for (double logit : new double[] {-1, 0, 1}) {
        double miss = Math.abs(wide.apply(logit) - next.truth().applyAsDouble(logit));
        asked++;
        knowing += miss <= 1.96 * wide.deviation(logit) ? 1 : 0;
        unknowing += miss <= 1.96 * narrow.deviation(logit) ? 1 : 0;
      }
    }
    assertThat((double) knowing / asked).isBetween(0.90, 1.0);
    assertThat((double) unknowing / asked).isLessThan(0.75);
  }

  @Test
  void looksThatAreAllTheSameChangeNothing() {
    Rows rows = Rows.of(ROWS, 3, STRAIGHT, new SplittableRandom(5));
    List<Map<String, String>> same = Collections.nCopies(ROWS, Map.of("machine", "M"));
    assertThat(CurveFit.of(rows.logits(), rows.labels(), rows.patients(), same))
        .isEqualTo(CurveFit.of(rows.logits(), rows.labels(), rows.patients()));
  }

  @Test
  void morePatientsNarrowIt() {
    assertThat(deviation(2_000)).isLessThan(deviation(80) / 2);
  }

  private static double deviation(int count) {
    Rows rows = Rows.of(count, 3, STRAIGHT, new SplittableRandom(5));
    return CurveFit.of(rows.logits(), rows.labels(), rows.patients()).deviation(1);
  }
}
