package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.validation.bench.BenchReport;

class ModelBenchTest {

  @Test
  void numbersAreTheSameWithinATenThousandth() {
    int forward = ModelBench.Task.SPARSE_ONE.ordinal();
    assertThat(ModelBench.same(forward, "1.0 2.0", "1.00005 1.99995")).isTrue();
    assertThat(ModelBench.same(forward, "1.0 2.0", "1.0 2.001")).isFalse();
    assertThat(ModelBench.same(forward, "1.0 2.0", "1.0")).isFalse();
    assertThat(ModelBench.same(forward, "1.0", "NaN")).isFalse();
    assertThat(ModelBench.same(ModelBench.Task.ROOF.ordinal(), "[2, 2]", "[2, 2]")).isTrue();
  }

  @Test
  void theCaseHasFiveHundredAndTwelveTokensOfAllModalities() {
    assertThat(ModelBench.LAYOUT.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(ModelBench.TOKENS);
  }

  @Test
  @Tag("interop")
  void pyTorchInPythonAnswersTheSameWithTheSameWeights(@TempDir Path work) throws IOException {
    assumeTrue(
        PeerLibraries.runs(List.of("/usr/bin/python3", "-c", "import torch, numpy")),
        "python3-torch is not installed");
    BenchReport report = new ModelBench(work).run(5, (what, done, total) -> {});
    assertThat(report.missing()).isEmpty();
    assertThat(report.workload()).containsEntry("different answers of python3-torch", "0");
    assertThat(report.goals()).extracting("name").contains(
        "share of the matmul roof, batch 8",
        "dense time / sparse time, batch 8",
        "sparse, batch 8 against python3-torch");
  }
}
