package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;

/**
 * A small residual convolutional network (He et al. 2016) that turns pixels or a spectrogram into
 * one vector per token: an entry convolution, then three residual stages, each halving. What halves
 * an axis has a kernel of 4 there, or means of two, so that a token looks at the middle of its own
 * patch; a kernel of 3 would look half a patch to the left of it.
 */
final class ConvStem {
  /** Standardized samples and local contrast. */
  static final int IMAGE_CHANNELS = 2;

  /** Log-mel energy. */
  static final int AUDIO_CHANNELS = 1;

  private static final Shape NONE = new Shape(0, 0);
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape HALVE = new Shape(2, 2);
  private static final Shape HALVE_MELS = new Shape(2, 1);
  private static final float MOMENTUM = 0.9f;

  private final Parameters parameters;
  private final boolean training;

  ConvStem(Parameters parameters, boolean training) {
    this.parameters = parameters;
    this.training = training;
  }

  /**
   * Radiographs.
   *
   * @param pixels (batch, 2, 224, 224)
   * @return (batch, 196, width)
   */
  NDArray image(NDArray pixels) {
    return tokens(stages("stem.image", pixels, HALVE));
  }

  /**
   * Tissue tiles.
   *
   * @param pixels (batch, 2, 224, 224)
   * @return (batch, 49, width)
   */
  NDArray slide(NDArray pixels) {
    NDArray map = stages("stem.slide", pixels, HALVE);
    Shape shape = map.getShape();
    NDArray pooled =
        map.reshape(shape.get(0), shape.get(1), shape.get(2) / 2, 2, shape.get(3) / 2, 2)
            .mean(new int[] {5})
            .mean(new int[] {3});
    return tokens(pooled);
  }

  /**
   * Spectrograms.
   *
   * @param mels (batch, 1, 64, 8 x tokens)
   * @return (batch, tokens, width)
   */
  NDArray audio(NDArray mels) {
    return stages("stem.audio", mels, HALVE_MELS).mean(new int[] {2}).transpose(0, 2, 1);
  }

  private NDArray stages(String name, NDArray input, Shape lastStride) {
    NDArray map = Activation.relu(convolution(name + ".entry", input, HALVE, ONE));
    for (int stage = 1; stage < 4; stage++) {
      Shape stride = stage == 3 ? lastStride : HALVE;
      String block = name + ".stage" + stage;
      NDArray inner = Activation.relu(convolution(block + ".first", map, stride, ONE));
      inner = convolution(block + ".second", inner, ONE, ONE);
      NDArray halved = map.getNDArrayInternal().avgPool(stride, stride, NONE, false, true);
      NDArray skip = convolution(block + ".skip", halved, ONE, NONE);
      map = Activation.relu(inner.add(skip));
    }
    return map;
  }

  private NDArray convolution(String name, NDArray input, Shape stride, Shape padding) {
    NDArray map =
        input
            .getNDArrayInternal()
            .convolution(input, parameters.get(name + ".weight"), null, stride, padding, ONE, 1)
            .singletonOrThrow();
    return BatchNorm.batchNorm(
            map,
            parameters.get(name + ".running-mean"),
            parameters.get(name + ".running-var"),
            parameters.get(name + ".scale"),
            parameters.get(name + ".shift"),
            1,
            MOMENTUM,
            1e-5f,
            training)
        .singletonOrThrow();
  }

  private static NDArray tokens(NDArray map) {
    Shape shape = map.getShape();
    return map.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3))
        .transpose(0, 2, 1);
  }
}
