package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;

/**
 * Teaches a stem's own head where a sign is: cross-entropy of single tokens, in which the tokens on
 * a sign and those beside it weigh the same, however few they are.
 */
final class TokenMarkLoss {
  private TokenMarkLoss() {}

  /**
   * Mean over the rows that are marked.
   *
   * @param logits (rows, tokens, findings)
   * @param marks of each row; empty where nothing is known
   * @return 0 if no row is marked
   */
  static NDArray of(
      NDArray logits, List<Optional<TokenMarks>> marks, ModelConfig config, NDManager scope) {
    Shape shape = logits.getShape();
    int tokens = (int) shape.get(1);
    int findings = (int) shape.get(2);
    float[] targets = new float[(int) shape.size()];
    float[] weights = new float[targets.length];
    int marked = 0;
    for (int row = 0; row < marks.size(); row++) {
      Optional<TokenMarks> own = marks.get(row);
      int finding = own.map(each -> config.findings().indexOf(each.finding())).orElse(-1);
      if (own.isEmpty() || finding < 0) {
        continue;
      }
      marked++;
      float[] values = own.get().values();
      int on = own.get().count(1);
      int off = own.get().count(0);
      for (int token = 0; token < Math.min(tokens, values.length); token++) {
        int at = (row * tokens + token) * findings + finding;
        if (values[token] == 1) {
          targets[at] = 1;
          weights[at] = 0.5f / on;
        } else if (values[token] == 0) {
          weights[at] = 0.5f / off;
        }
      }
    }
    return CrossEntropy.of(logits, targets, weights, Math.max(1, marked), scope);
  }
}
