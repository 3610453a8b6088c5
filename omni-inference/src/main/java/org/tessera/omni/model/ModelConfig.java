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
 * @param channels channels of the four stages of a convolutional stem; the last equals width.
 *     Multiples of 16 where gradients are needed: with fewer, the engine's convolutions read memory
 *     that was never written, and a gradient is now and then not finite (PyTorch 2.7.1, AVX-512)
 * @param findings keys of the findings, in the order of the query tokens
 * @param architecture which of these weights there are; without experts, one feed-forward network
 *     is as wide as the shared expert and the active ones together
 */
public record ModelConfig(
    int width,
    int heads,
    int layers,
    int experts,
    int active,
    int hidden,
    List<Integer> channels,
    List<String> findings,
    Architecture architecture) {
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

  /** Sizes of a model with experts and attention weights per group. */
  public ModelConfig(
      int width,
      int heads,
      int layers,
      int experts,
      int active,
      int hidden,
      List<Integer> channels,
      List<String> findings) {
    this(
        width,
        heads,
        layers,
        experts,
        active,
        hidden,
        channels,
        findings,
        Architecture.MOE_MOT);
  }

  /** The same sizes with another choice of weights. */
  public ModelConfig with(Architecture other) {
    return new ModelConfig(
        width, heads, layers, experts, active, hidden, channels, findings, other);
  }

  /** Hidden width of the feed-forward network that a token passes where there are no experts. */
  int denseHidden() {
    return hidden * (1 + active);
  }

  /** Prefix of the attention and norm weights that tokens of a group pass in a layer. */
  String attention(int layer, TokenGroup group) {
    return "layer" + layer + "." + (architecture.grouped() ? group.key() : "every") + ".";
  }

  /** Name of the weights that make key and value of the case token, to which all tokens attend. */
  String caseKeyValue(int layer) {
    return "layer" + layer + (architecture.grouped() ? ".case" : ".every") + ".key-value";
  }

  /** Weights that one evidence token passes in all layers, biases and norms included. */
  public long activePerToken() {
    long attention = 4L * width * width + 2L * width;
    long network = 2L * width * denseHidden() + denseHidden();
    long router = architecture.sparse() ? (long) width * experts : 0;
    return layers * (attention + network + router);
  }

  /**
   * Floating-point operations of one forward pass from embedded tokens to logits, two for each
   * multiplication with its addition, matrix products only. With n evidence tokens, k = n + 1 keys,
   * f findings, w the width, h the hidden width that a token passes, L layers and E experts (0
   * without a router): (L - 1) layers of (k + f) x (4 w w + 4 w h + 2 w E) + k x 4 w w + (k + f) x
   * 4 k w, and a last one of f x (4 w w + 4 w h + 2 w E) + k x 4 w w + f x 4 k w, of which only the
   * findings are read.
   */
  public long operations(int tokens) {
    long keys = tokens + 1L;
    long asked = findings.size();
    return (layers - 1) * operations(keys + asked, keys) + operations(asked, keys);
  }

  private long operations(long rows, long keys) {
    long square = 4L * width * width;
    long router = architecture.sparse() ? 2L * width * experts : 0;
    return rows * (square + 4L * width * denseHidden() + router)
        + keys * square
        + rows * 4 * keys * width;
  }

  /** The model that ships. */
  public static ModelConfig shipped() {
    return new ModelConfig(128, 4, 3, 6, 2, 192, List.of(16, 32, 64, 128), FindingCatalog.keys());
  }
}
