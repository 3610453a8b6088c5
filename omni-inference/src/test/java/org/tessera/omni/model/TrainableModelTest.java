package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;

class TrainableModelTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(16, 2, 2, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys());

  private static List<TrainableModel.Sequence> batch() {
    int findings = CONFIG.findings().size();
    float[] targets = new float[findings];
    float[] weights = new float[findings];
    targets[2] = 1;
    weights[2] = 1;
    weights[8] = 0.5f;
    return List.of(
        new TrainableModel.Sequence(
            Map.of(
                Modality.AUDIO, Segments.random(Modality.AUDIO, 12, 1),
                Modality.NOTE, Segments.random(Modality.NOTE, 7, 2)),
            targets,
            weights),
        new TrainableModel.Sequence(
            Map.of(Modality.RECORD, Segments.random(Modality.RECORD, 3, 3)), targets, weights));
  }

  private static int steepest(float[] gradients) {
    int at = 0;
    for (int i = 1; i < gradients.length; i++) {
      at = Math.abs(gradients[i]) > Math.abs(gradients[at]) ? i : at;
    }
    return at;
  }

  @Test
  void gradientsThroughSortedExpertsEqualFiniteDifferences() {
    Map<String, Tensor> weights = Initialization.of(CONFIG, 11);
    for (String name :
        List.of(
            "layer1.shared.in",
            "layer0.expert1.out",
            "note.projection",
            "note.traits",
            "readout.weight")) {
      double step = 1e-2;
      Tensor tensor = Objects.requireNonNull(weights.get(name));
      float[] gradients;
      try (TrainableModel model = new TrainableModel(CONFIG, weights, 0)) {
        model.step(batch(), true, 1);
        gradients = model.parameters().get(name).getGradient().toFloatArray();
      }
      int at = steepest(gradients);
      double gradient = gradients[at];
      float kept = tensor.values()[at];
      tensor.values()[at] = (float) (kept + step);
      double above = loss(weights);
      tensor.values()[at] = (float) (kept - step);
      double below = loss(weights);
      tensor.values()[at] = kept;
      assertThat(gradient)
          .as(name)
          .isNotZero()
          .isCloseTo((above - below) / (2 * step), Offset.offset(2e-3 + 0.1 * Math.abs(gradient)));
    }
  }

  @Test
  void everyStepStartsWithoutTheGradientsOfTheLast() {
    try (TrainableModel model =
        new TrainableModel(CONFIG, Initialization.of(CONFIG, 11), 0)) {
      model.step(batch(), true, 1);
      NDArray weights = model.parameters().get("readout.weight");
      float[] once = weights.getGradient().toFloatArray();
      model.step(batch(), true, 1);
      assertThat(weights.getGradient().toFloatArray())
          .containsExactly(once, Offset.offset(1e-6f));
    }
  }

  @Test
  void theSameSeedGivesTheSameDropout() {
    try (TrainableModel model =
        new TrainableModel(CONFIG, Initialization.of(CONFIG, 11), 0.5)) {
      double first = model.step(batch(), true, 7).loss();
      assertThat(model.step(batch(), true, 7).loss()).isEqualTo(first);
      assertThat(model.step(batch(), true, 8).loss()).isNotEqualTo(first);
    }
  }

  private static double loss(Map<String, Tensor> weights) {
    try (TrainableModel model = new TrainableModel(CONFIG, weights, 0)) {
      TrainableModel.StepReport report = model.step(batch(), true, 1);
      return report.loss();
    }
  }
}
