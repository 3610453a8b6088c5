package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Teaches the query of a finding where to look: of the attention that it gives to a modality, the
 * share on the tokens that show a sign. How much a modality gets is left to the finding's own loss.
 * Supervision of attention as in Liu, Utiyama, Finch and Sumita 2016, there for translation.
 */
final class AttentionSupervision {
  private static final float LITTLE = 1e-6f;

  private AttentionSupervision() {}

  /** A query of a sample whose sign is known. */
  private record Asked(int sample, int query, TokenMarks marks) {}

  /**
   * Mean negative logarithm of the share, over the marks that have a token on a sign and over the
   * layers.
   *
   * @param attention of each layer (batch, 1 + findings, keys), mean over the heads
   * @param tokens the batch, whose groups lie in the keys one after the other
   * @param batch with the marks
   * @return 0 if nothing is marked
   */
  static NDArray loss(
      List<NDArray> attention,
      TokenBatch tokens,
      List<TrainableModel.Sequence> batch,
      ModelConfig config,
      NDManager scope) {
    List<Asked> all = asked(batch, config);
    if (all.isEmpty() || attention.isEmpty()) {
      return scope.create(0f);
    }
    Shape shape = attention.getFirst().getShape();
    int queries = (int) shape.get(1);
    int keys = (int) shape.get(2);
    long[] rows = new long[all.size()];
    float[] on = new float[all.size() * keys];
    float[] beside = new float[all.size() * keys];
    for (int i = 0; i < rows.length; i++) {
      Asked each = all.get(i);
      rows[i] = (long) each.sample() * queries + each.query();
      int start = i * keys + start(tokens, TokenGroup.of(each.marks().modality()));
      float[] values = each.marks().values();
      for (int token = 0; token < values.length; token++) {
        on[start + token] = values[token] == 1 ? 1 : 0;
        beside[start + token] = values[token] == 0 ? 1 : 0;
      }
    }
    NDArray index = scope.create(rows);
    NDArray signs = scope.create(on, new Shape(rows.length, keys));
    NDArray others = scope.create(beside, new Shape(rows.length, keys));
    NDList losses = new NDList();
    for (NDArray layer : attention) {
      NDArray looked = SparseExperts.rows(layer.reshape(-1, keys), index);
      NDArray right = looked.mul(signs).sum(new int[] {1}).add(LITTLE);
      NDArray wrong = looked.mul(others).sum(new int[] {1});
      losses.add(right.add(wrong).log().sub(right.log()).mean());
    }
    return NDArrays.stack(losses).mean();
  }

  private static List<Asked> asked(List<TrainableModel.Sequence> batch, ModelConfig config) {
    List<Asked> all = new ArrayList<>();
    for (int sample = 0; sample < batch.size(); sample++) {
      for (TokenMarks marks : batch.get(sample).marks()) {
        int finding = config.findings().indexOf(marks.finding());
        if (finding >= 0 && marks.count(1) > 0) {
          all.add(new Asked(sample, 1 + finding, marks));
        }
      }
    }
    return all;
  }

  private static int start(TokenBatch tokens, TokenGroup wanted) {
    int at = 0;
    for (TokenGroup group : TokenGroup.values()) {
      NDArray embeddings = tokens.embeddings().get(group);
      if (group == wanted) {
        return at;
      }
      at += embeddings == null ? 0 : (int) embeddings.getShape().get(1);
    }
    throw new IllegalArgumentException("No tokens of " + wanted);
  }
}
