package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.Architecture;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.TrainingPlan;

/** Four tiny models on drawn tiles: the machinery of the ablation, not a result. */
class AblationTest {
  private static final TrainingPlan PLAN =
      new TrainingPlan(
          new ModelConfig(16, 2, 2, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys()),
          5,
          List.of(
              new TrainingPlan.Stage(TrainingPlan.Kind.SLIDE_STEM, 1, 1e-3),
              new TrainingPlan.Stage(TrainingPlan.Kind.JOINT, 1, 1e-3)),
          8);

  @Test
  void fourVariantsAreTrainedFromTheSameStemsAndComparedRowByRow(@TempDir Path folder)
      throws Exception {
    List<LabelledRow> rows = rows(folder);
    Path out = folder.resolve("out");
    List<String> lines = new ArrayList<>();
    Ablation ablation = new Ablation(training(out, lines::add));
    String table = ablation.run(rows, "val", false);
    assertThat(lines).hasSize(5).first().asString().startsWith("stems ");
    assertThat(table).contains("| adenocarcinoma |", "| moe-mot |", "minus dense");
    JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("ablation.json")));
    assertThat(json.path("refused").asInt()).isZero();
    assertThat(json.path("findings")).hasSize(Architecture.values().length);
    for (JsonNode finding : json.path("findings")) {
      assertThat(finding.path("auroc").asDouble()).isBetween(0.0, 1.0);
      assertThat(finding.has("differenceInterval"))
          .isEqualTo(!finding.path("variant").asText().equals("dense"));
    }
    for (JsonNode variant : json.path("variants")) {
      assertThat(variant.path("stepSeconds").asDouble()).isPositive();
      boolean sparse = variant.path("name").asText().startsWith("moe");
      assertThat(variant.path("experts").isEmpty()).isEqualTo(!sparse);
    }
    assertThat(new Ablation(training(out, lines::add))
            .run(rows, "val", true))
        .as("resumed when all is done")
        .isEqualTo(table);
    assertThat(lines).hasSize(5);
  }

  @Test
  void stemsAreTrainedWithAndWithoutHiddenParts(@TempDir Path folder) throws Exception {
    List<LabelledRow> rows = rows(folder);
    Path out = folder.resolve("out");
    List<String> lines = new ArrayList<>();
    String table =
        new StemAblation(training(out, lines::add))
            .run(rows, "val", false);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("masked ").contains("slide_masked");
    assertThat(table).contains("| adenocarcinoma |", "| random |", "| masked |", "minus random");
    JsonNode json = new ObjectMapper().readTree(Files.readString(out.resolve("stems.json")));
    assertThat(json.path("findings")).hasSize(2);
    for (JsonNode finding : json.path("findings")) {
      assertThat(finding.path("auroc").asDouble()).isBetween(0.0, 1.0);
    }
    assertThat(json.path("findings").path(1).has("differenceToRandom")).isTrue();
  }

  @Test
  void dataWithoutTheSplitAreRefused(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                new Ablation(training(folder, line -> {}))
                    .run(List.of(), "test", false))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("test");
  }

  private static VariantTraining training(Path out, Consumer<String> lines) {
    return new VariantTraining(PLAN, out, (what, done, total) -> {}, lines);
  }

  private static List<LabelledRow> rows(Path folder) throws IOException {
    List<LabelledRow> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean stripes = i % 2 == 0;
      Path file = folder.resolve("tile" + i + ".png");
      ImageIO.write(tile(stripes, i), "png", file.toFile());
      rows.add(
          new LabelledRow(
              "pathology-tiles",
              "row" + i,
              Map.of(Modality.SLIDE, file),
              "patient" + i,
              i < 16 ? "train" : "val",
              Map.of("adenocarcinoma", stripes),
              Map.of()));
    }
    return rows;
  }

  private static BufferedImage tile(boolean stripes, int seed) {
    Random random = new Random(seed);
    BufferedImage tile = new BufferedImage(224, 224, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 224; y++) {
      for (int x = 0; x < 224; x++) {
        boolean dark = (x / 8 + (stripes ? 0 : y / 8)) % 2 == 0;
        int value = (dark ? 80 : 170) + random.nextInt(20);
        tile.setRGB(x, y, value << 16 | value / 2 << 8 | value);
      }
    }
    return tile;
  }
}
