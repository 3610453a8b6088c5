package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.validation.phantom.PhantomGenerator;
import org.tessera.validation.phantom.PhantomWorld;

/** What the truth of a phantom says of its record is what the reader finds in it. */
class PhantomRecordTest {
  private static final int CASES = 6;

  @Test
  void theStatementsOfTheTruthAreReadUnderTheSameNames(@TempDir Path folder) throws Exception {
    int stated = 0;
    for (int i = 0; i < CASES; i++) {
      Path one = folder.resolve("case" + i);
      PhantomPorts.writer().write(one, new PhantomGenerator(7, PhantomWorld.TRAIN).generate(i));
      JsonNode truth = new ObjectMapper().readTree(one.resolve("case.json").toFile());
      List<RecordEntry> read = entries(one.resolve("record.json"));
      for (JsonNode each : truth.path("entries")) {
        stated++;
        assertThat(read)
            .contains(
                new RecordEntry(each.path("resource").asText(), each.path("path").asText()));
      }
    }
    assertThat(stated).isPositive();
  }

  private static List<RecordEntry> entries(Path file) throws Exception {
    List<Evidence> evidence = new LabelledFiles().read(file, Modality.RECORD);
    return evidence.stream()
        .filter(RecordEvidence.class::isInstance)
        .flatMap(each -> ((RecordEvidence) each).facts().stream())
        .map(RecordFact::entry)
        .toList();
  }
}
