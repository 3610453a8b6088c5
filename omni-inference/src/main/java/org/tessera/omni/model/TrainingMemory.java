package org.tessera.omni.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * What a model remembers of its training inputs: the centre and spread of the pooled stem output of
 * each modality, latents of each data set with the distance that counts as far, and embedded
 * evidence of other people ({@link DonorMemory}). Keys are {@code kind/set/modality}.
 *
 * @param tensors {@code centre//image} and {@code spread//image}: (latent width); {@code
 *     latents/cxr-kermany/image}: (inputs, latent width); {@code limit/...}: (1); {@code
 *     donors/...}: (tokens, width) one donor after the other, and {@code donor-lengths/...}:
 *     (donors) tokens of each; {@code labels-FINDING/...}: (inputs) of the latents, 1 has the
 *     finding, 0 has it not, -1 not known
 */
public record TrainingMemory(Map<String, Tensor> tensors) {
  /** Beginning of the kind of a finding's labels. */
  public static final String LABELS = "labels-";

  /** Remembers nothing. */
  public static final TrainingMemory EMPTY = new TrainingMemory(Map.of());

  public TrainingMemory {
    tensors = new LinkedHashMap<>(tensors);
  }

  /** The key of a tensor. */
  public static String key(String kind, String set, Modality modality) {
    return kind + "/" + set + "/" + modality.wireName();
  }

  /** The tensor of a key. */
  public Optional<Tensor> tensor(String kind, String set, Modality modality) {
    return Optional.ofNullable(tensors.get(key(kind, set, modality)));
  }
}
