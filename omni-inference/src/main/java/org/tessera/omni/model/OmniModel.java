package org.tessera.omni.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.token.TokenSequence;

/**
 * A model that reads one token sequence and answers one question per finding.
 *
 * <p>Results do not depend on what else is in a batch (to 1e-5). Safe for several threads; calls
 * may wait for each other.
 */
public interface OmniModel extends AutoCloseable {

  /** What travels with every result. */
  ModelCard card();

  /** The findings it answers, in the order of the logits. */
  List<FindingProfile> findings();

  /**
   * The modalities whose tokens it reads. What a sequence has of others stays in the sequence and
   * decides nothing: no model was trained on moving pictures yet.
   */
  default Set<Modality> modalities() {
    return EnumSet.complementOf(EnumSet.of(Modality.CINE));
  }

  /** Runs the stems: one embedding per token of the modalities that it reads. */
  EncodedCase encode(TokenSequence sequence);

  /**
   * Runs the transformer.
   *
   * @param passes any number; batched inside
   * @return calibrated logits, (passes, findings): their sigmoid is the probability
   * @throws ComputationFaultException if the computation did not hold, also when repeated
   */
  float[][] logits(List<Pass> passes);

  /**
   * Holds an answer against a second computation by other code, and the weights in memory against
   * those that were loaded.
   *
   * @param whole a pass
   * @param answer what {@link #logits} gave for it
   * @throws ComputationFaultException if something differs
   */
  default Integrity verify(Pass whole, float[] answer) {
    return Integrity.UNCHECKED;
  }

  /**
   * Holds an encoding against a second one.
   *
   * @param encoded what {@link #encode} gave for the sequence
   * @throws ComputationFaultException if they differ
   */
  default Integrity verify(TokenSequence sequence, EncodedCase encoded) {
    return Integrity.UNCHECKED;
  }

  /** Computations that did not hold and were repeated, since the model was opened. */
  default long repetitions() {
    return 0;
  }

  /**
   * How far a calibrated logit would move had the model been calibrated on other patients.
   *
   * @param finding index of the finding
   * @param logit calibrated
   * @return standard error in logits; NaN if that was not measured
   */
  default double deviation(int finding, double logit) {
    return Double.NaN;
  }

  /**
   * Gradient-weighted attention (Chefer, Gur, Wolf 2021) from a finding's query to every token.
   *
   * @param encoded the case
   * @param finding index of the finding
   * @param randomized true to ask a copy of the model whose last layers are re-initialized from a
   *     fixed seed (the randomization test of the highlights)
   * @return (tokens), each {@code >= 0}
   */
  float[] relevance(EncodedCase encoded, int finding, boolean randomized);

  /**
   * The same of several findings, by the model and by its randomized copy.
   *
   * @return in the order of the findings
   */
  default List<RelevanceMaps> relevance(EncodedCase encoded, List<Integer> findings) {
    return findings.stream()
        .map(
            finding ->
                new RelevanceMaps(
                    relevance(encoded, finding, false), relevance(encoded, finding, true)))
        .toList();
  }

  /**
   * Integrated gradients (Sundararajan 2017) of a finding's logit over the embeddings, from a
   * baseline with the same tokens to the case; what speaks against the finding counts as 0.
   *
   * @param encoded the case
   * @param baseline the same tokens with less in them
   * @param finding index of the finding
   * @return (tokens), each {@code >= 0}
   * @throws UnsupportedOperationException if the model has no gradients
   */
  default float[] attributions(EncodedCase encoded, EncodedCase baseline, int finding) {
    throw new UnsupportedOperationException("This model has no gradients.");
  }

  /**
   * The place of one modality of a case in the latent space in which inputs are compared with what
   * the model was trained on.
   *
   * @return (latent width), of length 1
   */
  float[] latent(EncodedCase encoded, Modality modality);

  /**
   * The place of one modality of a case in the latent space that all modalities share, in which
   * similar cases are searched. It depends on the evidence of that modality only.
   *
   * @return (numbers), of length 1; empty if the case has no such evidence, or the model was stored
   *     before there was a shared space
   */
  default Optional<float[]> sharedLatent(TokenSequence sequence, Modality modality) {
    return Optional.empty();
  }

  /**
   * Other people's evidence of one modality, from the data that taught the finding.
   *
   * @return encoded cases that have only that modality; empty if none are stored
   */
  List<EncodedCase> donors(int finding, Modality modality);

  /** Latents of the inputs that taught the finding, with the distance that counts as far away. */
  Optional<LatentReference> reference(int finding, Modality modality);

  @Override
  void close();
}
