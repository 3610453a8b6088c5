package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.Competence;
import org.tessera.omni.signal.RasterDecoder;

class EvaluationTest {
  @TempDir Path folder;

  @Test
  void everyFigureOfTheContractIsWrittenForADrawnSet() throws Exception {
    DrawnSet.draw(folder, 30, false);
    List<String> steps = new ArrayList<>();
    EvaluationReport report =
        evaluation((done, total, step) -> steps.add(done + "/" + total + " " + step))
            .run(folder, "test");
    JsonNode json = new ObjectMapper().readTree(EvaluationJson.write(report));
    assertThat(json.path("model").path("name").asText()).isEqualTo("centre");
    assertThat(json.path("split").asText()).isEqualTo("test");
    assertThat(json.path("rows").path("cxr-kermany").asInt()).isEqualTo(60);
    JsonNode finding = json.path("findings").path(0);
    assertThat(finding.path("name").asText()).isEqualTo("bacterial-pneumonia");
    assertThat(finding.path("code").path("code").asText()).isEqualTo("53084003");
    assertThat(finding.path("n").asInt()).isEqualTo(60);
    assertThat(finding.path("positives").asInt()).isBetween(20, 40);
    assertThat(finding.path("clusters").asInt()).isEqualTo(30);
    assertThat(finding.path("competent").isNull()).as("never measured is not 'no'").isTrue();
    assertThat(finding.path("auroc").asDouble()).isBetween(0.7, 0.95);
    assertThat(finding.path("interval").path("low").asDouble())
        .isLessThan(finding.path("auroc").asDouble());
    assertThat(finding.path("strata")).hasSize(2);
    assertThat(finding.path("strata").path(0).path("by").asText()).isEqualTo("view");
    assertThat(finding.path("baselines").findValuesAsText("name"))
        .containsExactly("bytes", "border", "thumbnail", "hog");
    assertThat(finding.path("operatingPoint").path("sensitivity").asDouble()).isBetween(0.0, 1.0);
    assertThat(steps).contains("120/120 reading and scoring", "1/1 fitting baselines");
  }

  @Test
  void maskingShowsThatTheModelLooksAtTheMiddle() throws Exception {
    DrawnSet.draw(folder, 60, true);
    EvaluationReport.FindingFigures figures =
        evaluation(Progress.NONE).run(folder, "test").findings().getFirst();
    double whole = figures.auroc().value();
    assertThat(whole).isGreaterThan(0.95);
    assertThat(masked(figures, Masking.BORDER_BLANKED))
        .isEqualTo(whole, within(0.02));
    assertThat(masked(figures, Masking.BORDER_ONLY)).isLessThan(0.9);
    assertThat(baseline(figures, "border")).as("the corner mark").isGreaterThan(0.95);
  }

  @Test
  void aModelThatIsBetterThanEveryShortcutIsCompetentAndOneThatIsNotIsRefused()
      throws Exception {
    DrawnSet.draw(folder, 60, false);
    Competence honest = audit("cxr-kermany, val");
    assertThat(honest.reason()).contains("not clearly above that of a shortcut, the thumbnail");
    assertThat(honest.competent()).as("a thumbnail sees the bright middle as well").isFalse();
    DrawnSet.draw(folder, 0, false);
    Competence blind = audit("cxr-kermany, val");
    assertThat(blind.competent()).isFalse();
    assertThat(blind.reason()).startsWith("Not shown to be known: the AUROC on 60 validation");
  }

  private Competence audit(String data) throws Exception {
    CohortScores scores =
        new CohortScoring(
                new CentreModel(0),
                new RowReader(List.of(new RasterDecoder()), TestFile::new),
                new CanvasSequencer(),
                false,
                Progress.NONE)
            .score(folder, "val");
    return CompetenceAudit.judge(scores.of("bacterial-pneumonia").orElseThrow(), data)
        .orElseThrow();
  }

  @Test
  void aBrokenFileIsCountedWithItsReasonAndTheRestIsScored() throws Exception {
    DrawnSet.draw(folder, 30, false);
    Files.write(folder.resolve("cxr-kermany/images/2.png"), new byte[] {1, 2, 3});
    EvaluationReport report = evaluation(Progress.NONE).run(folder, "test");
    assertThat(report.findings().getFirst().n()).isEqualTo(59);
    assertThat(report.refused()).hasSize(1).containsValue(1);
    assertThat(EvaluationTable.plain(report)).contains("not scored: 1, cxr-kermany: ");
  }

  @Test
  void aSplitWithoutRowsIsSaid() throws Exception {
    DrawnSet.draw(folder, 30, false);
    assertThatThrownBy(() -> evaluation(Progress.NONE).run(folder, "holdout"))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("No labelled row of the split holdout");
  }

  @Test
  void theTableNamesTheFindingItsFiguresAndTheBaselines() throws Exception {
    DrawnSet.draw(folder, 30, false);
    EvaluationReport report = evaluation(Progress.NONE).run(folder, "test");
    assertThat(EvaluationTable.markdown(report))
        .contains("| bacterial-pneumonia | 60 (")
        .contains("| never measured | bytes 0.")
        .contains("view AP: ");
  }

  private static double baseline(EvaluationReport.FindingFigures figures, String name) {
    return figures.baselines().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .auroc()
        .value();
  }

  private static double masked(EvaluationReport.FindingFigures figures, Masking masking) {
    return Optional.ofNullable(figures.maskings().get(masking)).orElseThrow().value();
  }

  private static Evaluation evaluation(Progress progress) {
    return new Evaluation(
        new CentreModel(0),
        List.of(new RasterDecoder()),
        TestFile::new,
        new CanvasSequencer(),
        true,
        progress);
  }
}
