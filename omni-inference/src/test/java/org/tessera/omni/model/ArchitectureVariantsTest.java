package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.TokenSequence;

/** The four models of the ablation: the same sizes, the same active weights, other sharing. */
class ArchitectureVariantsTest {
  private static final ModelConfig SMALL =
      new ModelConfig(16, 2, 2, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys());

  private static TokenSequence sequence() {
    return new TokenSequence(
        List.of(
            Segments.random(Modality.AUDIO, 12, 1),
            Segments.random(Modality.NOTE, 7, 2),
            Segments.random(Modality.RECORD, 3, 3)),
        List.of());
  }

  @ParameterizedTest
  @EnumSource
  void oneTokenPassesAsManyWeightsAsInTheDenseModel(Architecture architecture) {
    ModelConfig shipped = ModelConfig.shipped();
    long dense = shipped.with(Architecture.DENSE).activePerToken();
    long router = (long) shipped.layers() * shipped.width() * shipped.experts();
    assertThat(shipped.with(architecture).activePerToken() - dense)
        .isEqualTo(architecture.sparse() ? router : 0)
        .isLessThan(dense / 100);
  }

  @ParameterizedTest
  @EnumSource
  void theWeightsOfALayerAreThoseThatATokenPasses(Architecture architecture) {
    ModelConfig config = SMALL.with(architecture);
    long counted =
        Initialization.of(config, 1).entrySet().stream()
            .filter(each -> each.getKey().matches("layer\\d+\\.(audio|every|dense|shared|router|"
                + "expert[01]).*"))
            .mapToLong(each -> each.getValue().values().length)
            .sum();
    assertThat(counted).isEqualTo(config.activePerToken());
  }

  @ParameterizedTest
  @EnumSource
  void everyWeightOfTheTransformerGetsAGradient(Architecture architecture) {
    ModelConfig config = SMALL.with(architecture);
    float[] targets = new float[config.findings().size()];
    float[] weights = new float[config.findings().size()];
    Arrays.fill(weights, 1);
    TrainableModel.Sequence one =
        new TrainableModel.Sequence(
            Map.of(
                Modality.AUDIO, Segments.random(Modality.AUDIO, 40, 1),
                Modality.NOTE, Segments.random(Modality.NOTE, 30, 2),
                Modality.RECORD, Segments.random(Modality.RECORD, 9, 3),
                Modality.SLIDE, Segments.random(Modality.SLIDE, 49, 4),
                Modality.IMAGE, Segments.random(Modality.IMAGE, 196, 5)),
            targets,
            weights);
    try (TrainableModel model = new TrainableModel(config, Initialization.of(config, 7), 0)) {
      TrainableModel.StepReport report = model.step(List.of(one), true, 1);
      assertThat(report.loss()).isPositive();
      assertThat(report.use().shares().isEmpty()).isEqualTo(!architecture.sparse());
      for (String name : model.parameters().all().keySet()) {
        if (name.startsWith("layer") && !ofEvidenceAfterTheLastLayer(config, name)) {
          float[] gradient = model.parameters().get(name).getGradient().toFloatArray();
          assertThat(maximum(gradient)).as(name).isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSavedVariantIsTheSameVariant(Architecture architecture, @TempDir Path folder)
      throws IOException {
    ModelConfig config = SMALL.with(architecture);
    ModelBundle bundle =
        ShippedCard.unmeasured(
            "test", config, Initialization.of(config, 5), List.of("phantom"));
    ModelStore.save(bundle, folder);
    assertThat(ModelStore.bundle(folder).config()).isEqualTo(config);
    try (EmbeddedModel before = new EmbeddedModel(bundle);
        OmniModel after = ModelStore.load(folder)) {
      Pass pass = Pass.whole(before.encode(sequence()));
      assertThat(after.logits(List.of(pass))[0])
          .containsExactly(before.logits(List.of(pass))[0]);
      assertThat(after.relevance(pass.encoded(), 0, true)).hasSize(22);
    }
  }

  @Test
  void aModelWrittenBeforeThereWasAChoiceHasExpertsAndWeightsPerGroup(@TempDir Path folder)
      throws IOException {
    ModelBundle bundle =
        ShippedCard.unmeasured("test", SMALL, Initialization.of(SMALL, 5), List.of("phantom"));
    ModelStore.save(bundle, folder);
    Path card = folder.resolve("model.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode old = (ObjectNode) json.readTree(Files.readString(card));
    ((ObjectNode) old.path("config")).remove("architecture");
    Files.writeString(card, json.writeValueAsString(old));
    assertThat(ModelStore.bundle(folder).config()).isEqualTo(SMALL);
  }

  @Test
  void theShippedWeightsAreThoseOfTheShippedSizes() throws IOException {
    ModelBundle shipped = ModelStore.shippedBundle();
    assertThat(shipped.config().architecture()).isEqualTo(Architecture.MOE_MOT);
    Map<String, Tensor> asDrawn = Initialization.of(shipped.config(), 1);
    shipped
        .weights()
        .forEach((name, tensor) -> assertThat(asDrawn).as(name).containsKey(name));
  }

  @Test
  void sharesOfAGroupsChoicesSumToOneAndADeadExpertIsNamed() {
    ExpertUse use = new ExpertUse(SMALL);
    for (int i = 0; i < 100; i++) {
      use.count(0, TokenGroup.NOTE, i % 2);
      use.count(0, TokenGroup.AUDIO, i == 0 ? 2 : 0);
      use.count(1, TokenGroup.AUDIO, i % 3);
    }
    assertThat(use.dead()).containsExactly("layer0.expert2");
    assertThat(use.shares()).hasSize(9);
    assertThat(use.shares().stream().mapToDouble(ExpertUse.Share::share).sum())
        .isCloseTo(3, Offset.offset(1e-9));
    assertThat(use.json()).contains("\"layer0.audio\": [0.990, 0.000, 0.010]");
  }

  @Test
  void everyTokenOfAPassMakesItsChoices() {
    ModelBundle bundle =
        ShippedCard.unmeasured("test", SMALL, Initialization.of(SMALL, 5), List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      EncodedCase encoded = model.encode(sequence());
      ExpertUse use =
          model.expertUse(
              List.of(Pass.whole(encoded), Pass.without(encoded, List.of(Modality.NOTE))));
      Map<String, Long> choices = new TreeMap<>();
      use.shares().forEach(each -> choices.put(each.group(), each.choices()));
      int active = SMALL.active();
      assertThat(choices)
          .containsEntry("audio", 2L * 12 * active)
          .containsEntry("note", 7L * active)
          .containsEntry("record", 2L * 3 * active)
          .containsEntry("query", 2L * (1 + SMALL.findings().size()) * active);
    }
  }

  /** Nobody reads what evidence tokens become in the last layer, only keys and values. */
  private static boolean ofEvidenceAfterTheLastLayer(ModelConfig config, String name) {
    return config.architecture().grouped()
        && name.matches(
            "layer" + (config.layers() - 1)
                + "\\.(record|note|image|slide|audio)\\.(query|output|experts-norm)");
  }

  private static float maximum(float[] values) {
    float most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return most;
  }
}
