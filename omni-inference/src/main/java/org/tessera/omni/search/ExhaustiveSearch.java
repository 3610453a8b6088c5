package org.tessera.omni.search;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.VectorUtil;

/**
 * The exact nearest vectors: every one is compared, with the arithmetic that the index uses. What
 * the index is measured against.
 */
public final class ExhaustiveSearch {
  private final float[][] vectors;

  /** A search through vectors of length 1. */
  public ExhaustiveSearch(List<float[]> vectors) {
    LuceneLog.quiet();
    this.vectors = vectors.toArray(float[][]::new);
  }

  /**
   * Positions of the nearest vectors by cosine, nearest first; of equally near ones the first.
   *
   * @param k how many, at most as many as there are
   */
  public int[] positions(float[] vector, int k) {
    int[] best = new int[k];
    float[] cosines = new float[k];
    int found = 0;
    for (int i = 0; i < vectors.length; i++) {
      float cosine = VectorUtil.dotProduct(vector, vectors[i]);
      if (found < k || cosine > cosines[k - 1]) {
        int at = found < k ? found++ : k - 1;
        while (at > 0 && cosines[at - 1] < cosine) {
          cosines[at] = cosines[at - 1];
          best[at] = best[at - 1];
          at--;
        }
        cosines[at] = cosine;
        best[at] = i;
      }
    }
    return Arrays.copyOf(best, found);
  }
}
