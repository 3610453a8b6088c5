package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.Shown.Relation;
import org.tessera.omni.token.TokenSequence;

class SharedLatentTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(16, 2, 1, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys());

  /** Four phantoms with a note and a record each, two of either sex, notes of unlike lengths. */
  private static List<TrainableModel.Sequence> batch() {
    List<TrainableModel.Sequence> batch = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Shown shown = new Shown("phantom/" + i, Map.of("sex", i % 2 == 0 ? "female" : "male"));
      batch.add(
          new TrainableModel.Sequence(
              Map.of(
                  Modality.NOTE, Segments.random(Modality.NOTE, 5 + i, 10 + i),
                  Modality.RECORD, Segments.random(Modality.RECORD, 3, 20 + i)),
              new float[CONFIG.findings().size()],
              new float[CONFIG.findings().size()],
              Map.of(Modality.NOTE, shown, Modality.RECORD, shown),
              Map.of(),
              List.of()));
    }
    return batch;
  }

  @Test
  void gradientsOfTheContrastiveLossEqualFiniteDifferences() {
    Map<String, Tensor> weights = Initialization.of(CONFIG, 3);
    for (String name :
        List.of(
            "latent.note.projection",
            "latent.note.norm",
            "latent.note.queries",
            "latent.note.in",
            "latent.record.in-bias",
            "latent.record.out",
            LatentHead.SCALE)) {
      Tensor tensor = Objects.requireNonNull(weights.get(name));
      float[] gradients;
      try (TrainableModel model = new TrainableModel(CONFIG, weights, 0)) {
        model.step(batch(), true, 1);
        gradients = model.parameters().get(name).getGradient().toFloatArray();
      }
      int at = steepest(gradients);
      double step = 3e-3;
      float kept = tensor.values()[at];
      tensor.values()[at] = (float) (kept + step);
      double above = contrast(weights, batch());
      tensor.values()[at] = (float) (kept - step);
      double below = contrast(weights, batch());
      tensor.values()[at] = kept;
      double expected = 0.1 * (above - below) / (2 * step);
      assertThat(Math.abs(expected)).as(name).isGreaterThan(1e-5);
      assertThat((double) gradients[at])
          .as(name)
          .isCloseTo(expected, Offset.offset(2e-5 + 0.05 * Math.abs(expected)));
    }
  }

  private static int steepest(float[] gradients) {
    int at = 0;
    for (int i = 1; i < gradients.length; i++) {
      at = Math.abs(gradients[i]) > Math.abs(gradients[at]) ? i : at;
    }
    return at;
  }

  @Test
  void theContrastiveLossReachesTheStems() {
    try (TrainableModel model = new TrainableModel(CONFIG, Initialization.of(CONFIG, 3), 0)) {
      model.step(batch(), true, 1);
      float[] with = model.parameters().get("record.projection").getGradient().toFloatArray();
      model.step(silent(batch()), true, 1);
      float[] without = model.parameters().get("record.projection").getGradient().toFloatArray();
      assertThat(with).isNotEqualTo(without);
    }
  }

  @Test
  void evidenceThatShowsNothingInCommonCostsNothing() {
    assertThat(contrast(Initialization.of(CONFIG, 3), silent(batch()))).isZero();
    assertThat(contrast(Initialization.of(CONFIG, 3), batch())).isPositive();
  }

  private static List<TrainableModel.Sequence> silent(List<TrainableModel.Sequence> batch) {
    return batch.stream()
        .map(
            each ->
                new TrainableModel.Sequence(each.segments(), each.targets(), each.weights()))
        .toList();
  }

  @Test
  void differentPeoplesEvidenceIsNeverAlikeAcrossModalities() {
    Shown radiograph = new Shown("cxr/1", Map.of("bacterial-pneumonia", "true"));
    Shown sound = new Shown("cough/7", Map.of("cough", "true"));
    assertThat(radiograph.to(sound)).isEqualTo(Relation.UNRELATED);
    Shown other = new Shown("cxr/2", Map.of("bacterial-pneumonia", "false"));
    assertThat(radiograph.to(other)).isEqualTo(Relation.UNLIKE);
    assertThat(radiograph.to(radiograph)).isEqualTo(Relation.ALIKE);
  }

  @Test
  void aVectorHasLengthOneAndDependsOnItsModalityOnly() {
    ModelBundle bundle =
        ShippedCard.unmeasured("test", CONFIG, Initialization.of(CONFIG, 3), List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      var note = Segments.random(Modality.NOTE, 9, 1);
      var alone = new TokenSequence(List.of(note), List.of());
      var joined =
          new TokenSequence(List.of(note, Segments.random(Modality.RECORD, 4, 2)), List.of());
      float[] vector = model.sharedLatent(alone, Modality.NOTE).orElseThrow();
      assertThat(vector).hasSize(LatentHead.SIZE);
      double length = 0;
      for (float value : vector) {
        length += value * value;
      }
      assertThat(length).isCloseTo(1, Offset.offset(1e-3));
      assertThat(model.sharedLatent(joined, Modality.NOTE).orElseThrow())
          .containsExactly(vector, Offset.offset(1e-6f));
      assertThat(model.sharedLatent(joined, Modality.IMAGE)).isEmpty();
    }
  }

  @Test
  void aModelStoredBeforeTheSharedSpaceRunsAndTrainsWithoutIt() {
    Map<String, Tensor> old = new TreeMap<>(Initialization.of(CONFIG, 3));
    old.keySet().removeIf(name -> name.startsWith("latent."));
    ModelBundle bundle = ShippedCard.unmeasured("test", CONFIG, old, List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      TokenSequence sequence =
          new TokenSequence(List.of(Segments.random(Modality.NOTE, 9, 1)), List.of());
      assertThat(model.sharedLatent(sequence, Modality.NOTE)).isEmpty();
      assertThat(model.logits(List.of(Pass.whole(model.encode(sequence))))[0]).isNotEmpty();
    }
    assertThat(contrast(old, batch())).isZero();
  }

  private static double contrast(
      Map<String, Tensor> weights, List<TrainableModel.Sequence> batch) {
    try (TrainableModel model = new TrainableModel(CONFIG, weights, 0)) {
      return model.step(batch, true, 1).contrast();
    }
  }
}
