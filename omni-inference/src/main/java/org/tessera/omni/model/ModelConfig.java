package org.tessera.omni.model;

import java.util.List;

/**
 * Sizes of the embedded model.
 *
 * @param width numbers per token
 * @param heads attention heads; divides {@code width}
 * @param layers transformer layers
 * @param experts routed experts per layer
 * @param active routed experts that each token passes
 * @param hidden hidden width of the shared and of each routed expert
 * @param channels channels of the four stages of a convolutional stem; the last equals width
 * @param findings keys of the findings, in the order of the query tokens
 */
public record ModelConfig(
    int width,
    int heads,
    int layers,
    int experts,
    int active,
    int hidden,
    List<Integer> channels,
    List<String> findings) {
  public ModelConfig {
    channels = List.copyOf(channels);
    findings = List.copyOf(findings);
    if (width % heads != 0 || channels.size() != 4 || channels.get(3) != width) {
      throw new IllegalArgumentException("The model's sizes do not fit each other.");
    }
    if (active > experts || active < 1 || layers < 1 || findings.isEmpty()) {
      throw new IllegalArgumentException("The model's sizes do not fit each other.");
    }
  }

  /** The model that ships. */
  public static ModelConfig shipped() {
    return new ModelConfig(128, 4, 3, 6, 2, 192, List.of(16, 32, 64, 128), FindingCatalog.keys());
  }
}
