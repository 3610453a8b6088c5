package org.tessera.validation.fusion;

/** Tokens pooled by their likeness to a query: softmax of the scaled dot products. */
final class AttentionPool {
  private final float[][] tokens;
  private final float[] shares;
  private final float[] pooled;
  private final float scale;

  /**
   * Pools.
   *
   * @param query (width)
   * @param tokens (tokens, width), at least one
   */
  AttentionPool(float[] query, float[][] tokens) {
    this.tokens = tokens;
    this.scale = (float) (1 / Math.sqrt(query.length));
    this.shares = shares(query);
    this.pooled = new float[query.length];
    for (int t = 0; t < tokens.length; t++) {
      for (int i = 0; i < pooled.length; i++) {
        pooled[i] += shares[t] * tokens[t][i];
      }
    }
  }

  private float[] shares(float[] query) {
    float[] found = new float[tokens.length];
    float most = Float.NEGATIVE_INFINITY;
    for (int t = 0; t < found.length; t++) {
      found[t] = scale * dot(query, 0, tokens[t]);
      most = Math.max(most, found[t]);
    }
    float sum = 0;
    for (int t = 0; t < found.length; t++) {
      found[t] = (float) Math.exp(found[t] - most);
      sum += found[t];
    }
    for (int t = 0; t < found.length; t++) {
      found[t] /= sum;
    }
    return found;
  }

  private static float dot(float[] left, int from, float[] right) {
    float sum = 0;
    for (int i = 0; i < right.length; i++) {
      sum += left[from + i] * right[i];
    }
    return sum;
  }

  /** Mean of the tokens by their shares, (width). */
  float[] pooled() {
    return pooled;
  }

  /**
   * Gradient of the query.
   *
   * @param gradient of {@link #pooled}, in an array of more
   * @param from where it begins there
   */
  float[] queryGradient(float[] gradient, int from) {
    float mean = dot(gradient, from, pooled);
    float[] query = new float[pooled.length];
    for (int t = 0; t < tokens.length; t++) {
      float score = scale * shares[t] * (dot(gradient, from, tokens[t]) - mean);
      for (int i = 0; i < query.length; i++) {
        query[i] += score * tokens[t][i];
      }
    }
    return query;
  }
}
