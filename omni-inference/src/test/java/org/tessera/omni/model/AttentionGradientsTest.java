package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.TokenSequence;

/** Maps from what the queries read in the last layer, against those from all of that layer. */
class AttentionGradientsTest {
  private static final int FINDING = 3;

  @ParameterizedTest
  @EnumSource
  void theLastLayerNeedsTheQueriesAlone(Architecture architecture) {
    ModelConfig config = ModelConfig.shipped().with(architecture);
    Map<String, Tensor> weights = Initialization.of(config, 31);
    ModelBundle bundle = ShippedCard.unmeasured("test", config, weights, List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle);
        NDManager manager = NDManager.newBaseManager();
        Parameters parameters = Parameters.of(manager, weights)) {
      EncodedCase encoded =
          model.encode(
              new TokenSequence(
                  List.of(
                      Segments.random(Modality.NOTE, 21, 1),
                      Segments.random(Modality.RECORD, 5, 2),
                      Segments.random(Modality.SLIDE, 49, 3)),
                  List.of()));
      float[] expected = wholly(config, parameters, encoded, manager);
      float[] map =
          new AttentionGradients(config, parameters)
              .of(encoded, List.of(FINDING), manager)
              .getFirst();
      float most = 0;
      for (float each : expected) {
        most = Math.max(most, each);
      }
      assertThat(most).isPositive();
      for (int i = 0; i < map.length; i++) {
        assertThat(Math.abs(map[i] - expected[i])).as("token %d", i).isLessThan(1e-5f * most);
      }
    }
  }

  /** As in training, where all rows of every layer are computed. */
  private static float[] wholly(
      ModelConfig config, Parameters parameters, EncodedCase encoded, NDManager manager) {
    int tokens = encoded.tokens().size();
    int length = tokens + 1 + config.findings().size();
    boolean before = JniUtils.isGradMode();
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      TokenBatch batch = PassBatch.of(List.of(Pass.whole(encoded)), config.width(), scope);
      List<NDArray> gates = new ArrayList<>();
      for (int layer = 0; layer < config.layers(); layer++) {
        gates.add(scope.ones(new Shape(1, config.heads(), length, tokens + 1L)));
        gates.getLast().setRequiresGradient(true);
      }
      JniUtils.setGradMode(true);
      NDArray logits =
          new Transformer(config, parameters, true, 0).forward(batch, gates, scope).logits();
      NDArray logit = logits.get("0, {}", FINDING);
      JniUtils.backward((PtNDArray) logit, (PtNDArray) scope.ones(new Shape()), false, false);
      Relevance relevance = new Relevance(length, tokens + 1, config.heads());
      gates.forEach(gate -> relevance.layer(gate.getGradient().toFloatArray()));
      return relevance.of(tokens + 1 + FINDING, tokens);
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
