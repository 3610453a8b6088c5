package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CaseReport;

@DisplayName("result.json")
class ResultJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path out;

  @Test
  @DisplayName("fits the schema for a completed, a stopped and an all-rejected case")
  void fitsSchema() throws IOException {
    for (CaseReport report :
        List.of(SampleCase.report(), SampleCase.stopped(), SampleCase.allRejected())) {
      ReportFiles.write(report, out, List.of(new Artifact("bundle.json", "fhir-bundle")));
      String json = Files.readString(out.resolve("result.json"));
      List<Error> errors = schema().validate(json, InputFormat.JSON);
      assertThat(errors).as(report.status().wireName()).isEmpty();
    }
  }

  @Test
  @DisplayName("is refused by the schema when a supported finding has a failed check")
  void schemaIsNotVacuous() throws IOException {
    String json = MAPPER.writeValueAsString(ResultJson.of(SampleCase.report(), List.of()));
    String broken =
        json.replaceFirst(
            "\"verdict\":\"pass\",\"score\":0.91", "\"verdict\":\"fail\",\"score\":0.91");
    assertThat(broken).isNotEqualTo(json);
    assertThat(schema().validate(broken, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  @DisplayName("says what was removed and how, in the words of the schema")
  void counterfactual() throws IOException {
    String json = MAPPER.writeValueAsString(ResultJson.of(SampleCase.report(), List.of()));
    assertThat(json).contains("\"counterfactual\":{\"probability\":0.11,\"removed\":[{\"input\"");
    String broken = json.replaceFirst("\"how\":\"inpainted\"", "\"how\":\"erased\"");
    assertThat(broken).isNotEqualTo(json);
    assertThat(schema().validate(broken, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  @DisplayName("keeps sigmoid(baseline + contributions) at the probability after rounding")
  void contributionsAddUp() {
    int checked = 0;
    for (JsonNode finding : ResultJson.of(SampleCase.report(), List.of()).get("findings")) {
      if (!finding.get("probability").isNull()) {
        double logit = 0;
        for (JsonNode part : finding.get("modalityContributions")) {
          logit += part.asDouble();
        }
        assertThat(1 / (1 + Math.exp(-logit)))
            .isCloseTo(
                finding.get("probability").asDouble(),
                Offset.offset(1e-5));
        checked++;
      }
    }
    assertThat(checked).isEqualTo(5);
  }

  @Test
  @DisplayName("lists rejected inputs among the others, in the order of their ids")
  void rejectedAmongInputs() {
    JsonNode inputs = ResultJson.of(SampleCase.report(), List.of()).at("/case/inputs");
    assertThat(inputs.findValuesAsText("id")).containsExactly("I1", "I2", "I3", "I4", "I5");
    assertThat(inputs.get(4).get("accepted").asBoolean()).isFalse();
    assertThat(inputs.get(4).get("reason").asText()).contains("0 seconds");
  }

  @Test
  @DisplayName("never carries a folder of the machine")
  void noFolders() {
    JsonNode input = ResultJson.of(SampleCase.allRejected(), List.of()).at("/case/inputs/0");
    assertThat(input.get("source").asText()).isEqualTo("cough.mp3");
    assertThat(input.get("kind").asText()).isEqualTo("unknown");
    assertThat(Wire.fileName("C:\\Users\\someone\\a.dcm")).isEqualTo("a.dcm");
    assertThat(Wire.fileName("series/a.dcm")).isEqualTo("series/a.dcm");
  }

  @Test
  @DisplayName("carries no highlights of a map that failed its tests")
  void untrustedHighlightsStayInside() {
    CaseReport report = SampleFindingsEdit.untrusted(SampleCase.report());
    JsonNode finding = ResultJson.of(report, List.of()).at("/findings/0");
    assertThat(report.findings().getFirst().highlights()).isNotEmpty();
    assertThat(finding.get("highlights")).isEmpty();
  }

  @Test
  @DisplayName("is not written with a number that is not finite")
  void notFinite() {
    CaseReport report =
        SampleCase.withDevice(SampleCase.report(), "cpu", Map.of("encode", Double.NaN));
    assertThatThrownBy(() -> ReportFiles.write(report, out, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  @DisplayName("rounds to six digits, but keeps the pixels of a gigapixel slide")
  void rounding() {
    assertThat(Wire.number(0.831234567)).isEqualTo(0.831235);
    assertThat(Wire.number(-1.23456789)).isEqualTo(-1.23457);
    assertThat(Wire.number(1_234_567.8912)).isEqualTo(1_234_567.891);
    assertThat(Wire.number(1e-9)).isEqualTo(1e-9);
    assertThat(Wire.number(-0.0)).isEqualTo(0.0);
  }

  private static Schema schema() throws IOException {
    try (InputStream in = ResultJson.class.getResourceAsStream("result.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(MAPPER.readTree(in));
    }
  }
}
