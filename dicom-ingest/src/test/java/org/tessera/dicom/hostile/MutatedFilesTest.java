package org.tessera.dicom.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.TestData;

/** A few of the mutations of {@link MutationRun}, which reads 100,000 of them. */
class MutatedFilesTest {
  private static final int MUTATIONS = 1000;
  private static final int LARGEST = 60_000;

  @Test
  void mutatedFilesAreReadOrRefusedWithOneSentenceInTime() throws IOException {
    List<Path> files = new ArrayList<>(TestData.interopFiles());
    files.addAll(TestData.files(TestData.slides()));
    files.removeIf(file -> file.toFile().length() > LARGEST || file.toFile().length() < 200);
    MutationRun run = new MutationRun(files);
    List<String> findings = new ArrayList<>();
    for (int number = 0; number < MUTATIONS; number++) {
      long begun = System.nanoTime();
      String finding = run.read(number);
      if (!finding.isEmpty()) {
        findings.add("Mutation " + number + finding);
      }
      if (System.nanoTime() - begun > MutationRun.LONGEST_NANOS) {
        findings.add("Mutation " + number + " took more than ten seconds.");
      }
    }
    assertThat(findings).isEmpty();
    assertThat(run.outcomes().keySet()).containsExactlyInAnyOrder(Reading.Outcome.values());
  }
}
