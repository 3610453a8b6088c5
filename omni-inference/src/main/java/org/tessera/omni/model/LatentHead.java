package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;

/**
 * Gives each modality of a case one vector of length 1 in a latent space that all modalities share
 * (Radford et al. 2021). It reads the tokens before the transformer, so that a vector never depends
 * on what other evidence the case has: attention pooling with a few learned queries per modality
 * (Lee et al. 2019), then two layers.
 */
public final class LatentHead {
  /** Numbers per vector. */
  public static final int SIZE = 64;

  /** From a note's features to the width of the other tokens. */
  static final String NOTE_PROJECTION = "latent.note.projection";

  /** Pooling queries per modality. */
  static final int QUERIES = 4;

  /** Logarithm of one over the temperature, learned. */
  static final String SCALE = "latent.scale";

  private static final float HIDDEN = -1e9f;

  private final Parameters parameters;

  LatentHead(Parameters parameters) {
    this.parameters = parameters;
  }

  /** False for models that were stored before there was a shared space. */
  static boolean isIn(Parameters parameters) {
    return parameters.all().containsKey(SCALE);
  }

  /**
   * One vector per row.
   *
   * @param input (rows, tokens, numbers per token), as {@link Embedder} makes it for latents
   * @param lengths tokens of each row that are no padding, at least 1
   * @return (rows, {@link #SIZE}), each of length 1
   */
  NDArray vectors(TokenGroup group, NDArray input, int[] lengths, NDManager scope) {
    String name = "latent." + group.key() + ".";
    NDArray tokens =
        group == TokenGroup.NOTE ? input.matMul(parameters.get(NOTE_PROJECTION)) : input;
    NDArray size = tokens.square().mean(new int[] {2}, true).add(1e-6f).sqrt();
    NDArray normed = tokens.div(size).mul(parameters.get(name + "norm"));
    NDArray scores = normed.matMul(parameters.get(name + "queries"));
    NDArray attention = scores.add(mask(tokens.getShape(), lengths, scope)).softmax(1);
    NDArray pooled =
        attention
            .transpose(0, 2, 1)
            .matMul(normed)
            .reshape(lengths.length, QUERIES * tokens.getShape().get(2));
    NDArray hidden =
        Activation.relu(
            pooled.matMul(parameters.get(name + "in")).add(parameters.get(name + "in-bias")));
    NDArray vector = hidden.matMul(parameters.get(name + "out"));
    return vector.div(vector.square().sum(new int[] {1}, true).add(1e-6f).sqrt());
  }

  private static NDArray mask(Shape tokens, int[] lengths, NDManager scope) {
    int longest = Math.toIntExact(tokens.get(1));
    float[] mask = new float[lengths.length * longest];
    for (int row = 0; row < lengths.length; row++) {
      Arrays.fill(mask, row * longest + lengths[row], (row + 1) * longest, HIDDEN);
    }
    return scope.create(mask, new Shape(lengths.length, longest, 1));
  }
}
