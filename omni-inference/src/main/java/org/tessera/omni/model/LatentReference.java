package org.tessera.omni.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What inputs of one modality looked like in training.
 *
 * @param latents vectors of length 1
 * @param neighbours how many nearest vectors are averaged
 * @param limit mean cosine distance to the nearest ones beyond which an input counts as unlike
 *     anything seen; chosen on validation inputs
 * @param labels of the finding, one per vector: 1 has it, 0 has it not, anything else not known;
 *     empty if none are stored
 */
@SuppressWarnings("ArrayRecordComponent")
public record LatentReference(
    List<float[]> latents, int neighbours, double limit, Optional<float[]> labels) {

  /** Without labels. */
  public LatentReference(List<float[]> latents, int neighbours, double limit) {
    this(latents, neighbours, limit, Optional.empty());
  }

  /**
   * How many of the nearest labelled inputs have the finding.
   *
   * @param having those that do
   * @param asked how many were looked at
   */
  public record Agreement(int having, int asked) {}

  /** Asks the nearest labelled inputs; empty if fewer are labelled than are asked. */
  public Optional<Agreement> agreement(float[] latent, int asked) {
    float[] known = labels.orElse(new float[0]);
    List<Integer> nearest =
        IntStream.range(0, known.length)
            .filter(i -> known[i] == 0 || known[i] == 1)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -dot(latents.get(i), latent)))
            .limit(asked)
            .toList();
    return nearest.size() < asked
        ? Optional.empty()
        : Optional.of(
            new Agreement((int) nearest.stream().filter(i -> known[i] == 1).count(), asked));
  }

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
