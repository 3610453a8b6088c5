package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.TokenSequence;

/** The program of the engine against the same model written with one operation after another. */
class InferenceTransformerTest {
  private static final Offset<Float> EXACT = Offset.offset(1e-5f);

  @ParameterizedTest
  @EnumSource
  void oneCallComputesWhatTheOperationsCompute(Architecture architecture) {
    ModelConfig config = ModelConfig.shipped().with(architecture);
    Map<String, Tensor> weights = shaken(Initialization.of(config, 21));
    ModelBundle bundle = ShippedCard.unmeasured("test", config, weights, List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle);
        NDManager manager = NDManager.newBaseManager();
        Parameters parameters = Parameters.of(manager, weights);
        InferenceTransformer fused = new InferenceTransformer(config, weights, manager)) {
      List<Pass> passes = passes(model);
      TokenBatch batch = PassBatch.of(passes, config.width(), manager);
      float[] expected =
          new Transformer(config, parameters, false, 0)
              .forward(batch, List.of(), manager)
              .logits()
              .toFloatArray();
      assertThat(fused.forward(passes)).containsExactly(expected, EXACT);
      float[] alone = fused.forward(List.of(passes.get(3)));
      for (int f = 0; f < alone.length; f++) {
        assertThat(alone[f]).isCloseTo(expected[3 * alone.length + f], EXACT);
      }
    }
  }

  @Test
  void aCaseHasTheSameAnswerAloneAndAmongOthers() {
    ModelConfig config = ModelConfig.shipped();
    Map<String, Tensor> weights = shaken(Initialization.of(config, 22));
    ModelBundle bundle = ShippedCard.unmeasured("test", config, weights, List.of("phantom"));
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      Pass one = longCase(model, 1);
      Pass other = longCase(model, 2);
      float[] alone = model.logits(List.of(one))[0];
      for (int among : new int[] {1, 4, 9}) {
        List<Pass> passes = new ArrayList<>(Collections.nCopies(among, other));
        passes.add(among / 2, one);
        float[][] all = model.logits(passes);
        assertThat(all[among / 2]).containsExactly(alone, EXACT);
        assertThat(all[among / 2 + 1]).isNotEqualTo(alone);
        assertThat(model.logits(passes)).as("again").isDeepEqualTo(all);
      }
      assertThat(model.logits(List.of())).isEmpty();
    }
  }

  private static Pass longCase(EmbeddedModel model, int seed) {
    return Pass.whole(
        model.encode(
            new TokenSequence(
                List.of(
                    Segments.random(Modality.NOTE, 128, seed),
                    Segments.random(Modality.IMAGE, 196, seed)),
                List.of())));
  }

  /** Eight cases of other lengths and modalities, one of them with nothing left. */
  private static List<Pass> passes(EmbeddedModel model) {
    Random random = new Random(8);
    List<Pass> passes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      EncodedCase encoded =
          model.encode(
              new TokenSequence(
                  List.of(
                      Segments.random(Modality.AUDIO, 5 + 12 * i, i),
                      Segments.random(Modality.NOTE, 30 - 4 * i, 7 + i),
                      Segments.random(Modality.IMAGE, 196, i)),
                  List.of()));
      BitSet removed = new BitSet();
      for (int j = 0; j < 9 * i; j++) {
        removed.set(random.nextInt(encoded.tokens().size()));
      }
      passes.add(new Pass(encoded, removed));
    }
    EncodedCase other =
        model.encode(
            new TokenSequence(
                List.of(
                    Segments.random(Modality.RECORD, 4, 3),
                    Segments.random(Modality.SLIDE, 49, 4)),
                List.of()));
    passes.add(Pass.whole(other));
    passes.add(Pass.without(other, List.of(Modality.RECORD, Modality.SLIDE)));
    return passes;
  }

  /** Norm gains and biases that are not one and zero, so that none can be forgotten. */
  private static Map<String, Tensor> shaken(Map<String, Tensor> weights) {
    Random random = new Random(1);
    weights.forEach(
        (name, tensor) -> {
          if (name.endsWith("norm") || name.endsWith("bias")) {
            for (int i = 0; i < tensor.values().length; i++) {
              tensor.values()[i] += (float) (0.3 * random.nextGaussian());
            }
          }
        });
    return weights;
  }
}
