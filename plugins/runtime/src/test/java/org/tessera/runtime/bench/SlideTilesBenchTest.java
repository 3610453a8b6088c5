package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.slide.PhantomSlide;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Comparison;

/** That both sides of {@code slide-tiles} do the same work; how fast is no matter of a test. */
class SlideTilesBenchTest {
  @TempDir Path folder;

  @Test
  @Tag("interop")
  void aSmallSlideIsReadAlikeByBothSidesInAllFourWays()
      throws IOException, RejectedInputException {
    Path data = Files.createDirectory(folder.resolve("data"));
    new PhantomSlide(1024, -1, -1).write(data.resolve("drawn.tif"));
    BenchReport report =
        new SlideTilesBench(Files.createDirectory(folder.resolve("work")))
            .run(data, false, Comparison.FEWEST_PAIRS, (what, done, total) -> {});
    assumeThat(report.missing()).as("needs gcc and libopenslide-dev").isEmpty();
    assertThat(report.workload().get("compared with OpenSlide"))
        .isEqualTo("4 tasks of 4; different answers: []; crashed or hung: 0");
    assertThat(report.figures()).hasSize(4).allMatch(figure -> figure.peer() != null);
    assertThat(report.goals()).hasSize(2);
    assertThat(report.workload().get("tiles, real: drawn.tif")).doesNotStartWith("0 ");
  }
}
