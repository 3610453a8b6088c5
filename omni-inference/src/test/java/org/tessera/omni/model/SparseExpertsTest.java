package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SparseExpertsTest {
  private static final ModelConfig CONFIG =
      new ModelConfig(8, 2, 1, 4, 2, 6, List.of(2, 2, 4, 8), FindingCatalog.keys());

  @Test
  void sortedExpertsEqualEveryExpertComputedDensely() {
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = Parameters.of(manager, Initialization.of(CONFIG, 3))) {
      NDArray tokens = manager.randomNormal(new Shape(11, 8));
      SparseExperts.Routed routed = new SparseExperts(CONFIG, parameters, 0).apply(tokens);
      float[] probabilities =
          tokens.matMul(parameters.get("layer0.router")).softmax(1).toFloatArray();
      float[] shared = expert(parameters, "layer0.shared", tokens);
      float[][] experts = new float[4][];
      for (int e = 0; e < 4; e++) {
        experts[e] = expert(parameters, "layer0.expert" + e, tokens);
      }
      float[] sparse = routed.tokens().toFloatArray();
      for (int token = 0; token < 11; token++) {
        int[] best = best(probabilities, token);
        double sum = probabilities[token * 4 + best[0]] + probabilities[token * 4 + best[1]];
        for (int i = 0; i < 8; i++) {
          double dense = shared[token * 8 + i];
          for (int expert : best) {
            dense +=
                probabilities[token * 4 + expert] / sum * experts[expert][token * 8 + i];
          }
          assertThat(sparse[token * 8 + i]).isCloseTo((float) dense, Offset.offset(1e-5f));
        }
      }
    }
  }

  @Test
  void everyChoiceGetsItsOwnSlotSortedByExpert() {
    SparseExperts.Assignment assignment =
        SparseExperts.Assignment.of(new long[] {2, 0, 2, 1, 0, 2}, 3, 2, 3);
    assertThat(assignment.counts()).containsExactly(2, 1, 3);
    assertThat(assignment.tokenOfSlot()).containsExactly(0, 2, 1, 0, 1, 2);
    assertThat(assignment.slotOfChoice()).containsExactly(3, 0, 4, 2, 1, 5);
  }

  private static float[] expert(Parameters parameters, String name, NDArray tokens) {
    NDArray hidden =
        tokens
            .matMul(parameters.get(name + ".in"))
            .add(parameters.get(name + ".in-bias"));
    return Activation.gelu(hidden)
        .matMul(parameters.get(name + ".out"))
        .toFloatArray();
  }

  private static int[] best(float[] probabilities, int token) {
    int first = 0;
    for (int e = 1; e < 4; e++) {
      if (probabilities[token * 4 + e] > probabilities[token * 4 + first]) {
        first = e;
      }
    }
    int second = first == 0 ? 1 : 0;
    for (int e = 0; e < 4; e++) {
      if (e != first && probabilities[token * 4 + e] > probabilities[token * 4 + second]) {
        second = e;
      }
    }
    return new int[] {first, second};
  }
}
