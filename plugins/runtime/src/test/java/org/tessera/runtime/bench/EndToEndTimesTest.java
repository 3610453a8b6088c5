package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Figure;
import org.tessera.validation.bench.Goal;

/** Known times, and what is said of them. */
class EndToEndTimesTest {
  private static final int STUDIES = 20;

  @Test
  void theWholeIsHeldAgainstTheSumOfItsPartsAndWarmUpIsNotCounted() {
    EndToEndTimes times = new EndToEndTimes(STUDIES, 1);
    for (int pass = -2; pass < STUDIES; pass++) {
      double slower = pass < 0 ? 1e6 : pass;
      times.note("receive", pass, 100 + slower);
      times.note("analysis", pass, 300);
      times.note("delivery", pass, 50);
      times.note("counted", pass, 500 + slower);
      times.note("quiet", pass, 1500 + slower);
    }
    BenchReport report = times.report(2, List.of("Orthanc"));
    assertThat(report.missing()).containsExactly("Orthanc");
    Figure median = report.figures().getFirst();
    assertThat(median.ours().median()).isEqualTo(509.5);
    assertThat(median.ours().high()).isEqualTo(519);
    assertThat(median.ratio().orElseThrow()).isCloseTo(459.5 / 509.5, within(1e-9));
    assertThat(report.figures().get(1).ours().median()).as("p99 of 20").isEqualTo(519);
    assertThat(report.figures().get(2).ratio().orElseThrow())
        .isCloseTo(1459.5 / 1509.5, within(1e-9));
    assertThat(report.goals())
        .extracting(Goal::met)
        .as("450 of 500 is more than 10 % beside the parts, 1450 of 1500 is not")
        .containsExactly(false, false, true, true);
  }
}
