package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Finding.Interval;

class StabilityTest {
  @Test
  void aMeasuredCalibrationAndTheDrawsAddTheirSquares() {
    double centre = Logits.of(0.8);
    double[] draws = {centre + 0.3, centre - 0.3};
    Interval interval = Stability.interval(0.8, draws, 0.4).orElseThrow();
    assertThat(Logits.of(interval.high()) - centre).isEqualTo(1.96 * 0.5, within(1e-9));
    assertThat(centre - Logits.of(interval.low())).isEqualTo(1.96 * 0.5, within(1e-9));
    assertThat(interval.level()).isEqualTo(0.95);
  }

  @Test
  void withoutOneItIsTheRangeOfTheDraws() {
    double[] draws = {Logits.of(0.7), Logits.of(0.75)};
    Interval interval = Stability.interval(0.8, draws, Double.NaN).orElseThrow();
    assertThat(interval.low()).isEqualTo(0.7, within(1e-9));
    assertThat(interval.high()).isEqualTo(0.8);
    assertThat(interval.level()).isEqualTo(0.8, within(1e-9));
  }

  @Test
  void withoutDrawsItIsThatOfTheCalibrationAlone() {
    Interval interval = Stability.interval(0.8, new double[0], 0.5).orElseThrow();
    double centre = Logits.of(0.8);
    assertThat(Logits.of(interval.high()) - centre).isEqualTo(1.96 * 0.5, within(1e-9));
    assertThat(interval.method()).contains("alone").doesNotContain("passes");
    assertThat(Stability.interval(0.8, new double[0], Double.NaN)).isEmpty();
  }

  @Test
  void anAnswerThatIsNoNumberHasNoInterval() {
    assertThat(Stability.interval(0.8, new double[] {Double.NaN}, 0.1)).isEmpty();
  }
}
