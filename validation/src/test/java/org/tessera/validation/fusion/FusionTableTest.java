package org.tessera.validation.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.train.LabelledRow;

class FusionTableTest {
  private static final int ROWS = 40;

  private final FusionTable table = new FusionTable(profile(), rows());

  private static FindingProfile profile() {
    return new FindingProfile(
        "drawn",
        new Coding("urn:test", "drawn", "Drawn"),
        Set.of(Modality.IMAGE),
        false,
        "",
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** Sequences that tell the finding, and under noise those that never do. */
  private static SequencedMap<String, List<FusedRow>> rows() {
    SequencedMap<String, List<FusedRow>> rows = new LinkedHashMap<>();
    for (String condition : List.of("usual", "noisy")) {
      List<FusedRow> drawn = new ArrayList<>();
      for (int i = 0; i < ROWS; i++) {
        boolean label = i % 4 == 0;
        float logit = condition.equals("usual") && label ? 1 : 0;
        LabelledRow row =
            new LabelledRow(
                "phantom", "r" + i, Map.of(), "P" + i, "test", Map.of("drawn", label), Map.of());
        drawn.add(
            new FusedRow(row, Map.of(), Map.of(), new float[] {logit}, Map.of(), Map.of()));
      }
      rows.put(condition, drawn);
    }
    return rows;
  }

  @Test
  void aWayIsScoredUnderEachOfTheConditions() {
    table.add(FusionTable.OMNI, row -> row.whole()[0]);
    SequencedMap<String, ?> auroc = table.entries().getFirst().auroc();
    assertThat(auroc.sequencedKeySet()).containsExactly("usual", "noisy");
    assertThat(FusionTable.markdown(List.of(table)))
        .isEqualTo(
            """
            | finding | way | usual | noisy |
            | --- | --- | --- | --- |
            | drawn | rows (with the finding) | 40 (10) | 40 (10) |
            | drawn | one sequence | 1.00 [1.00, 1.00] | 0.50 [0.50, 0.50] |
            """);
  }

  @Test
  void whereAConditionHasNoRowsOfAFindingTheCellIsEmpty() {
    SequencedMap<String, List<FusedRow>> usual = rows();
    usual.remove("noisy");
    FusionTable other = new FusionTable(profile(), usual);
    other.add(FusionTable.OMNI, row -> row.whole()[0]);
    table.add(FusionTable.OMNI, row -> row.whole()[0]);
    assertThat(FusionTable.markdown(List.of(other, table)).lines())
        .contains(
            "| drawn | one sequence | 1.00 [1.00, 1.00] | - |",
            "| drawn | one sequence | 1.00 [1.00, 1.00] | 0.50 [0.50, 0.50] |");
  }

  @Test
  void theJsonSaysTheSame() throws IOException {
    table.add(FusionTable.OMNI, row -> row.whole()[0]);
    JsonNode finding =
        new ObjectMapper().readTree(FusionTable.json(List.of(table))).path("findings").path(0);
    assertThat(finding.path("conditions").path("noisy").path("positives").asInt()).isEqualTo(10);
    JsonNode way = finding.path("ways").path(0);
    assertThat(way.path("usual").path("auroc").asDouble()).isEqualTo(1.0);
    assertThat(way.path("noisy").path("high").asDouble()).isEqualTo(0.5);
  }
}
