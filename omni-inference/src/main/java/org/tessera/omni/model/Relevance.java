package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Gradient-weighted attention carried through the layers (Chefer, Gur, Wolf 2021, eq. 5 and 6): R
 * starts as the identity; each layer adds the positive part of attention times gradient, averaged
 * over the heads, applied to R. Only one row of R is asked for, so the layers are applied to that
 * row, from the last to the first.
 */
final class Relevance {
  private final int length;
  private final int keys;
  private final List<float[]> layers = new ArrayList<>();
  private final int heads;

  /**
   * No layer yet.
   *
   * @param length tokens and queries
   * @param keys tokens and the case token, which is the first query
   * @param heads of each layer
   */
  Relevance(int length, int keys, int heads) {
    this.length = length;
    this.keys = keys;
    this.heads = heads;
  }

  /**
   * Adds a layer.
   *
   * @param weighted (heads, rows, keys) attention times its gradient; of all tokens and queries, or
   *     of the last of them alone
   */
  void layer(float[] weighted) {
    layers.add(weighted);
  }

  /** What reaches a query from each token. */
  float[] of(int query, int tokens) {
    double[] row = new double[length];
    row[query] = 1;
    for (float[] weighted : layers.reversed()) {
      double[] next = row.clone();
      for (int through = 0; through < length; through++) {
        if (through >= length - rows(weighted) && row[through] > 0) {
          add(weighted, through, row[through] / heads, next);
        }
      }
      row = next;
    }
    float[] relevance = new float[tokens];
    for (int i = 0; i < tokens; i++) {
      relevance[i] = (float) row[i];
    }
    return relevance;
  }

  private int rows(float[] weighted) {
    return weighted.length / heads / keys;
  }

  private void add(float[] weighted, int query, double factor, double[] into) {
    int rows = rows(weighted);
    for (int head = 0; head < heads; head++) {
      int at = (head * rows + query - (length - rows)) * keys;
      for (int key = 0; key < keys; key++) {
        into[key] += factor * Math.max(0, weighted[at + key]);
      }
    }
  }
}
