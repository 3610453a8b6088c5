package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.TextFeatures;

/**
 * What the model reads of a note's word pieces: pretrained features, and traits that rules know
 * (decision 036). Models that were stored before there were traits read the features alone.
 */
final class NoteInput {
  private static final String PROJECTION = "note.projection";
  private static final String TRAITS = "note.traits";
  private static final NDIndex FEATURES_ONLY = new NDIndex(":, :, :{}", TextFeatures.FEATURES);
  private static final NDIndex TRAITS_ONLY = new NDIndex(":, :, {}:", TextFeatures.FEATURES);

  private NoteInput() {}

  /** Adds the weights of the traits; those of the features belong to every model. */
  static void initialize(Initialization start, ModelConfig config) {
    int traits = NoteSegment.FEATURES - TextFeatures.FEATURES;
    start.normal(TRAITS, 1 / Math.sqrt(TextFeatures.FEATURES), traits, config.width());
  }

  /**
   * One embedding per word piece.
   *
   * @param input (batch, tokens, {@link NoteSegment#FEATURES})
   * @return (batch, tokens, width)
   */
  static NDArray embedded(NDArray input, Parameters parameters) {
    NDArray words = words(input).matMul(parameters.get(PROJECTION));
    return parameters.all().containsKey(TRAITS)
        ? words.add(input.get(TRAITS_ONLY).matMul(parameters.get(TRAITS)))
        : words;
  }

  /** The pretrained features alone, standardized: (batch, tokens, features). */
  static NDArray words(NDArray input) {
    NDArray features = input.get(FEATURES_ONLY);
    NDArray centred = features.sub(features.mean(new int[] {2}, true));
    return centred.div(centred.square().mean(new int[] {2}, true).add(1e-5f).sqrt());
  }
}
