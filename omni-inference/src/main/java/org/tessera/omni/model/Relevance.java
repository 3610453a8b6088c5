package org.tessera.omni.model;

/**
 * Gradient-weighted attention carried through the layers (Chefer, Gur, Wolf 2021, eq. 5 and 6): R
 * starts as the identity; each layer adds the positive part of attention times gradient, averaged
 * over the heads, applied to R.
 */
final class Relevance {
  private final int length;
  private final int keys;
  private double[][] rows;

  /**
   * No layer yet.
   *
   * @param length tokens and queries
   * @param keys tokens and the case token, which is the first query
   */
  Relevance(int length, int keys) {
    this.length = length;
    this.keys = keys;
    rows = new double[length][length];
    for (int i = 0; i < length; i++) {
      rows[i][i] = 1;
    }
  }

  /**
   * Adds a layer.
   *
   * @param weighted (heads, length, keys) attention times its gradient
   */
  void layer(float[] weighted, int heads) {
    double[][] next = new double[length][];
    for (int query = 0; query < length; query++) {
      double[] sum = rows[query].clone();
      for (int key = 0; key < keys; key++) {
        double weight = 0;
        for (int head = 0; head < heads; head++) {
          weight += Math.max(0, weighted[(head * length + query) * keys + key]);
        }
        if (weight > 0) {
          double[] source = rows[key];
          for (int i = 0; i < keys; i++) {
            sum[i] += weight / heads * source[i];
          }
        }
      }
      next[query] = sum;
    }
    rows = next;
  }

  /** What reaches a query from each token. */
  float[] of(int query, int tokens) {
    float[] relevance = new float[tokens];
    for (int i = 0; i < tokens; i++) {
      relevance[i] = (float) rows[query][i];
    }
    return relevance;
  }
}
