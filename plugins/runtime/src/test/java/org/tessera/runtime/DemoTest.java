package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.PixelRegion;

class DemoTest {

  @Test
  void theShippedModelSupportsTheDrawnOpacityAndPointsAtIt(@TempDir Path out) throws Exception {
    CaseOutcome outcome;
    try (Pipeline pipeline = new Pipeline(Models.shipped())) {
      outcome = Demo.run(pipeline, out, stage -> {});
    }
    List<Finding> findings = outcome.report().findings();
    assertThat(findings).anyMatch(each -> each.status() != Finding.Status.SUPPORTED);
    Finding opacity =
        findings.stream()
            .filter(each -> each.code().code().equals("opacity"))
            .findFirst()
            .orElseThrow();
    assertThat(opacity.status()).isEqualTo(Finding.Status.SUPPORTED);
    PixelRegion drawn = drawn(out.resolve("input").resolve("case.json"));
    assertThat(opacity.highlights())
        .isNotEmpty()
        .anySatisfy(
            highlight -> {
              assertThat(highlight.region()).isInstanceOf(PixelRegion.class);
              assertThat(overlaps(drawn, (PixelRegion) highlight.region())).isTrue();
            });
  }

  @Test
  void aNoteThatDeniesTheDrawnOpacityLeavesItVisibleWithAWarning(@TempDir Path out)
      throws Exception {
    Path input = out.resolve("input");
    Path note = out.resolve("note.txt");
    Files.writeString(
        note, "54-year-old man, cough for a week.\nFINDINGS: No opacity in either lung.\n");
    Path draft = out.resolve("draft.txt");
    Files.writeString(
        draft, "Phantom: drawn lung opacity is present. There is a left pleural effusion.\n");
    CaseOutcome outcome;
    try (Pipeline pipeline = new Pipeline(Models.shipped())) {
      Demo.run(pipeline, out, stage -> {});
      outcome =
          pipeline.analyze(
              new CaseRequest(
                  List.of(
                      new CaseInput(InputKind.DICOM, input.resolve("image.dcm")),
                      new CaseInput(InputKind.NOTE, note)),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of(draft)),
              out.resolve("denied"),
              false,
              stage -> {});
    }
    Finding opacity =
        outcome.report().findings().stream()
            .filter(each -> each.code().code().equals("opacity"))
            .findFirst()
            .orElseThrow();
    assertThat(opacity.status()).isEqualTo(Finding.Status.SUPPORTED);
    assertThat(opacity.checks())
        .filteredOn(check -> check.name().equals("contradiction"))
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.verdict()).isEqualTo(Check.Verdict.WARN);
              assertThat(check.reason()).isEqualTo("The note denies this; read it first.");
            });
    assertThat(Files.readString(out.resolve("denied").resolve("report.html")))
        .contains("denies this; read it first.")
        .contains("<s>There is a left pleural effusion.</s>");
    assertThat(outcome.report().narrative())
        .contains(
            new NarrativeSentence(
                "Phantom: drawn lung opacity is present.",
                List.of(opacity.id()),
                true,
                Optional.empty()));
  }

  private static PixelRegion drawn(Path truth) throws Exception {
    JsonNode region = new ObjectMapper().readTree(Files.readString(truth)).at("/regions/0");
    return new PixelRegion(
        1,
        region.get("x").asDouble(),
        region.get("y").asDouble(),
        region.get("width").asDouble(),
        region.get("height").asDouble());
  }

  private static boolean overlaps(PixelRegion a, PixelRegion b) {
    return a.x() < b.x() + b.width()
        && b.x() < a.x() + a.width()
        && a.y() < b.y() + b.height()
        && b.y() < a.y() + a.height();
  }
}
