package org.tessera.runtime;

import java.util.EnumMap;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.TokenSequence;

/** The vectors that a model gives the modalities of a case in the shared latent space. */
final class SharedSpace {
  private SharedSpace() {}

  /**
   * A vector of length 1 per modality that the sequence has.
   *
   * @throws RejectedInputException if the model has no shared space
   */
  static Map<Modality, float[]> vectors(OmniModel model, TokenSequence sequence)
      throws RejectedInputException {
    Map<Modality, float[]> vectors = new EnumMap<>(Modality.class);
    for (Modality modality : Modality.values()) {
      model.sharedLatent(sequence, modality).ifPresent(each -> vectors.put(modality, each));
    }
    if (vectors.isEmpty() && !sequence.tokens().isEmpty()) {
      throw new RejectedInputException(
          "This model has no shared latent space; train it again to search with it.");
    }
    return vectors;
  }

  /** SHA-256 of the model's weights. */
  static String hash(OmniModel model) {
    return model.card().sha256().orElse("");
  }
}
