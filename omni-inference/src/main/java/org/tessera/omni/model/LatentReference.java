package org.tessera.omni.model;

import java.util.List;

/**
 * What inputs of one modality looked like in training.
 *
 * @param latents vectors of length 1
 * @param neighbours how many nearest vectors are averaged
 * @param limit mean cosine distance to the nearest ones beyond which an input counts as unlike
 *     anything seen; chosen on validation inputs
 */
public record LatentReference(List<float[]> latents, int neighbours, double limit) {

  /** Mean cosine distance of a vector of length 1 to its nearest references. */
  public double distance(float[] latent) {
    return latents.stream()
        .mapToDouble(each -> 1 - dot(each, latent))
        .sorted()
        .limit(neighbours)
        .average()
        .orElse(2);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
