package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RelevanceTest {
  private static final int TOKENS = 6;
  private static final int KEYS = TOKENS + 1;
  private static final int LENGTH = KEYS + 2;
  private static final int HEADS = 3;

  /** The whole matrix as the paper has it: R of the next layer is R + A R. */
  @Test
  void aRowIsTheRowOfTheWholeMatrix() {
    Random random = new Random(5);
    Relevance relevance = new Relevance(LENGTH, KEYS, HEADS);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray whole = manager.eye(LENGTH);
      for (int layer = 0; layer < 3; layer++) {
        float[] weighted = new float[HEADS * LENGTH * KEYS];
        for (int i = 0; i < weighted.length; i++) {
          weighted[i] = (float) random.nextGaussian();
        }
        relevance.layer(weighted);
        NDArray mean =
            manager
                .create(weighted, new Shape(HEADS, LENGTH, KEYS))
                .maximum(0)
                .mean(new int[] {0});
        NDArray queries = manager.zeros(new Shape(LENGTH, LENGTH - KEYS));
        whole = whole.add(NDArrays.concat(new NDList(mean, queries), 1).matMul(whole));
      }
      for (int query = KEYS; query < LENGTH; query++) {
        assertThat(relevance.of(query, TOKENS))
            .containsExactly(
                whole.get("{}, 0:{}", query, TOKENS).toFloatArray(), Offset.offset(1e-4f));
      }
    }
  }
}
