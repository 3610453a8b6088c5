package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.validation.bench.BenchReport;
import org.tessera.validation.bench.Goal;

class IntegrityBenchTest {
  private static final int EVERY_BIT = 32;

  @Test
  void turnedBitsAreCountedWhereTheChecksNoticeThem(@TempDir Path work) throws Exception {
    BenchReport report =
        IntegrityBench.run(Optional.empty(), work, EVERY_BIT, (what, done, total) -> {});

    assertThat(report.workload())
        .containsEntry("clean runs", "0 false alarms of 32")
        .containsEntry("weights: bits turned over", "32")
        .hasEntrySatisfying(
            "weights: noticed, of all", share -> assertThat(share).startsWith("1.000"))
        .containsEntry("within the pass: bits turned over", "32")
        // The lowest bits of a logit move nothing, and nobody need notice them.
        .hasEntrySatisfying("logits: noticed, of all", share -> assertThat(share).startsWith("0."))
        .hasEntrySatisfying(
            "logits: noticed, of those that move a probability",
            share -> assertThat(share).startsWith("1.000"));
    assertThat(report.goals()).isNotEmpty().allMatch(Goal::met);
    assertThat(report.figures()).singleElement().satisfies(
        cost -> assertThat(cost.ratio().orElseThrow()).isGreaterThan(1));
  }
}
