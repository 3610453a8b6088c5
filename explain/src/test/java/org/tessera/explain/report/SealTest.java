package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CaseReport;

@DisplayName("The seal")
class SealTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path out;

  @Test
  @DisplayName("is the same on every run, whatever it took, ran on and was asked to write")
  void sameVerdictSameSeal() {
    CaseReport report = SampleCase.report();
    CaseReport elsewhere = SampleCase.withDevice(report, "cuda:0", Map.of("encode", 12.0));
    assertThat(Seal.of(elsewhere)).isEqualTo(Seal.of(report));
    ObjectNode more = ResultJson.of(report, List.of(new Artifact("sequence.jsonl", "sequence")));
    assertThat(Seal.ofResult(more)).isEqualTo(Seal.of(report).result());
  }

  @Test
  @DisplayName("changes with one letter of one sentence")
  void oneLetter() throws IOException {
    ObjectNode result = ResultJson.of(SampleCase.report(), List.of());
    String json = MAPPER.writeValueAsString(result);
    String changed = json.replace("All four inputs name", "All four inputs nane");
    assertThat(changed).isNotEqualTo(json);
    assertThat(Seal.ofResult((ObjectNode) MAPPER.readTree(changed)))
        .isNotEqualTo(result.at("/seal/result").asText());
  }

  @Test
  @DisplayName("changes with one input's content")
  void oneInput() {
    Seal seal = Seal.of(SampleCase.report());
    Seal other = Seal.of(SampleCase.allRejected());
    assertThat(other.inputs()).isNotEqualTo(seal.inputs());
    assertThat(other.result()).isNotEqualTo(seal.result());
  }

  @Test
  @DisplayName("can be recomputed from the file that was written")
  void recomputed() throws IOException {
    ReportFiles.write(SampleCase.report(), out, List.of());
    ObjectNode read = (ObjectNode) MAPPER.readTree(out.resolve("result.json").toFile());
    assertThat(Seal.ofResult(read)).isEqualTo(read.at("/seal/result").asText());
    assertThat(read.at("/seal/result").asText()).matches("[0-9a-f]{64}");
    assertThat(read.at("/seal/model").asText()).isEqualTo(SampleCase.sha('d'));
  }
}
