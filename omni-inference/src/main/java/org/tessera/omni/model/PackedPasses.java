package org.tessera.omni.model;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * Passes without padding and without what was removed: all tokens of a kind together, case after
 * case; kinds are the token groups of evidence, then the case tokens, then the finding queries.
 *
 * @param values (rows, width), numbers of the machine's own byte order
 * @param counts rows of each kind
 * @param order for each place of the same rows case by case, the row; within a case by kind
 * @param lengths evidence tokens of each case
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedPasses(ByteBuffer values, long[] counts, long[] order, long[] lengths) {
  /** Kind of the case tokens. */
  static final int CASE = TokenGroup.QUERY.ordinal();

  /** Kind of the finding queries. */
  static final int FINDING = CASE + 1;

  /**
   * Packs.
   *
   * @param queries (1 + findings, width): the case token and the queries as they are learned
   * @param memory gives so many bytes for the values
   */
  static PackedPasses of(
      List<Pass> passes, float[] queries, int width, IntFunction<ByteBuffer> memory) {
    int findings = queries.length / width - 1;
    int[][] perCase = new int[passes.size()][];
    long[] counts = new long[FINDING + 1];
    for (int i = 0; i < perCase.length; i++) {
      perCase[i] = counts(passes.get(i));
      for (int kind = 0; kind < CASE; kind++) {
        counts[kind] += perCase[i][kind];
      }
    }
    counts[CASE] = passes.size();
    counts[FINDING] = (long) passes.size() * findings;
    int rows = Math.toIntExact(LongStream.of(counts).sum());
    ByteBuffer values = memory.apply(Math.multiplyExact(rows * width, Float.BYTES));
    Packing packing = new Packing(values.asFloatBuffer(), new long[rows], counts, width);
    for (int i = 0; i < perCase.length; i++) {
      packing.add(passes.get(i), perCase[i], queries);
    }
    long[] lengths = Arrays.stream(perCase).mapToLong(each -> Arrays.stream(each).sum()).toArray();
    return new PackedPasses(values, counts, packing.order, lengths);
  }

  private static int[] counts(Pass pass) {
    int[] counts = new int[CASE];
    for (int i = 0; i < pass.encoded().tokens().size(); i++) {
      if (!pass.removed().get(i)) {
        counts[kind(pass, i)]++;
      }
    }
    return counts;
  }

  private static int kind(Pass pass, int token) {
    return TokenGroup.of(pass.encoded().tokens().get(token).modality()).ordinal();
  }

  /** Where the next row of each kind goes, while cases are added one by one. */
  private static final class Packing {
    private final FloatBuffer values;
    private final long[] order;
    private final int width;
    private final int[] next = new int[FINDING + 1];
    private int placed;

    Packing(FloatBuffer values, long[] order, long[] counts, int width) {
      this.values = values;
      this.order = order;
      this.width = width;
      for (int kind = 1; kind < next.length; kind++) {
        next[kind] = next[kind - 1] + (int) counts[kind - 1];
      }
    }

    void add(Pass pass, int[] counts, float[] queries) {
      int[] at = new int[counts.length];
      for (int kind = 0; kind < counts.length; kind++) {
        at[kind] = next[kind];
        for (int i = 0; i < counts[kind]; i++) {
          order[placed++] = next[kind]++;
        }
      }
      for (int i = 0; i < pass.encoded().tokens().size(); i++) {
        if (!pass.removed().get(i)) {
          int row = at[kind(pass, i)]++;
          values.put(row * width, pass.encoded().embeddings(), i * width, width);
        }
      }
      for (int query = 0; query < queries.length / width; query++) {
        int row = next[query == 0 ? CASE : FINDING]++;
        order[placed++] = row;
        values.put(row * width, queries, query * width, width);
      }
    }
  }
}
