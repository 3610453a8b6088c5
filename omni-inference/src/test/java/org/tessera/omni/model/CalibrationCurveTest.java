package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationCurveTest {
  private static final CalibrationCurve BENT =
      new CalibrationCurve(List.of(-1.0, 2.0), List.of(3.0, 0.5, 2.0), 0.25, List.of());

  @Test
  void piecesMeetAtTheKnots() {
    assertThat(BENT.apply(0)).isEqualTo(0.25);
    assertThat(BENT.apply(-1)).isEqualTo(0.25 - 0.5);
    assertThat(BENT.apply(-2)).isEqualTo(0.25 - 0.5 - 3);
    assertThat(BENT.apply(2)).isEqualTo(0.25 + 1);
    assertThat(BENT.apply(5)).isEqualTo(0.25 + 1 + 6);
  }

  @Test
  void knotsOnOneSideOfZeroAreSeenFromZeroToo() {
    CalibrationCurve right =
        new CalibrationCurve(List.of(1.0, 3.0), List.of(2.0, 1.0, 4.0), -1, List.of());
    assertThat(right.apply(-1)).isEqualTo(-3);
    assertThat(right.apply(4)).isEqualTo(-1 + 2 + 2 + 4);
  }

  @Test
  void theRawLogitIsFoundAgain() {
    for (double raw = -30; raw <= 30; raw += 0.25) {
      assertThat(BENT.raw(BENT.apply(raw))).isEqualTo(raw, within(1e-9));
      assertThat(CalibrationCurve.NONE.raw(raw)).isEqualTo(raw);
    }
  }

  @Test
  void theDeviationIsThatOfTheStraightLine() {
    CalibrationCurve line =
        new CalibrationCurve(List.of(), List.of(2.0), 1, List.of(0.04, 0.01, 0.01, 0.09));
    assertThat(line.deviation(3))
        .isEqualTo(Math.sqrt(9 * 0.04 + 2 * 3 * 0.01 + 0.09), within(1e-12));
    assertThat(BENT.deviation(3)).isNaN();
  }

  @Test
  void whatIsNoRisingLineIsRefused() {
    List<Double> none = List.of();
    assertThatThrownBy(() -> new CalibrationCurve(none, List.of(0.0), 0, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CalibrationCurve(none, List.of(Double.NaN), 0, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CalibrationCurve(none, none, 0, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new CalibrationCurve(List.of(2.0, 1.0), List.of(1.0, 1.0, 1.0), 0, none))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CalibrationCurve(none, List.of(1.0), 0, List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
