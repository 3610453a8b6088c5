package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Passes laid out group by group. */
final class PassBatch {
  private PassBatch() {}

  static TokenBatch of(List<Pass> passes, int width, NDManager scope) {
    Map<TokenGroup, NDArray> embeddings = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, boolean[][]> valid = new EnumMap<>(TokenGroup.class);
    Map<TokenGroup, Integer> longest = longest(passes);
    longest.forEach(
        (group, length) -> {
          float[] values = new float[passes.size() * length * width];
          boolean[][] rows = new boolean[passes.size()][length];
          for (int i = 0; i < passes.size(); i++) {
            fill(passes.get(i), group, values, i * length * width, rows[i]);
          }
          embeddings.put(group, scope.create(values, new Shape(passes.size(), length, width)));
          valid.put(group, rows);
        });
    return new TokenBatch(passes.size(), embeddings, valid);
  }

  private static Map<TokenGroup, Integer> longest(List<Pass> passes) {
    Map<TokenGroup, Integer> longest = new EnumMap<>(TokenGroup.class);
    for (Pass pass : passes) {
      Map<TokenGroup, Integer> counts = new HashMap<>();
      pass.encoded()
          .tokens()
          .forEach(token -> counts.merge(TokenGroup.of(token.modality()), 1, Integer::sum));
      counts.forEach((group, count) -> longest.merge(group, count, Math::max));
    }
    return longest;
  }

  private static void fill(
      Pass pass, TokenGroup group, float[] values, int start, boolean[] valid) {
    EncodedCase encoded = pass.encoded();
    BitSet removed = pass.removed();
    int width = encoded.width();
    int at = 0;
    for (int i = 0; i < encoded.tokens().size(); i++) {
      if (TokenGroup.of(encoded.tokens().get(i).modality()) == group) {
        System.arraycopy(
            encoded.embeddings(), i * width, values, start + at * width, width);
        valid[at++] = !removed.get(i);
      }
    }
  }
}
