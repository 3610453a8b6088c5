package org.tessera.validation.gate;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ModelCard;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;

/**
 * A planted fault: a model that never looks at some modalities of the case. In their place it reads
 * evidence that it carries along, whatever is shown, blanked, swapped or removed. Everything else,
 * its gradients too, is the intact model's.
 */
public final class IgnorantModel implements OmniModel {
  private final OmniModel intact;
  private final Map<Modality, EncodedCase> carried;

  /**
   * A model with a fault.
   *
   * @param intact who answers; stays open when this is closed
   * @param carried what is read in place of a modality
   */
  public IgnorantModel(OmniModel intact, Map<Modality, EncodedCase> carried) {
    this.intact = intact;
    this.carried = Map.copyOf(carried);
  }

  @Override
  public ModelCard card() {
    return intact.card();
  }

  @Override
  public List<FindingProfile> findings() {
    return intact.findings();
  }

  @Override
  public EncodedCase encode(TokenSequence sequence) {
    return intact.encode(sequence);
  }

  @Override
  public float[][] logits(List<Pass> passes) {
    return intact.logits(passes.stream().map(this::read).toList());
  }

  private Pass read(Pass pass) {
    BitSet removed = (BitSet) pass.removed().clone();
    for (Modality modality : carried.keySet()) {
      int[] indices = pass.encoded().indices(modality);
      // A coalition without the modality stays without it: contributions have to add up.
      boolean absent = indices.length > 0;
      for (int index : indices) {
        absent &= removed.get(index);
      }
      for (int index : indices) {
        removed.set(index, absent);
      }
    }
    return new Pass(replaced(pass.encoded()), removed);
  }

  private EncodedCase replaced(EncodedCase encoded) {
    int width = encoded.width();
    float[] embeddings = encoded.embeddings().clone();
    carried.forEach(
        (modality, other) -> {
          int[] into = encoded.indices(modality);
          int[] from = other.indices(modality);
          for (int i = 0; i < into.length; i++) {
            System.arraycopy(
                other.embeddings(),
                from[i % from.length] * width,
                embeddings,
                into[i] * width,
                width);
          }
        });
    return new EncodedCase(encoded.tokens(), embeddings, width);
  }

  @Override
  public double deviation(int finding, double logit) {
    return intact.deviation(finding, logit);
  }

  @Override
  public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
    return intact.relevance(replaced(encoded), finding, randomized);
  }

  @Override
  public float[] latent(EncodedCase encoded, Modality modality) {
    return intact.latent(encoded, modality);
  }

  @Override
  public List<EncodedCase> donors(int finding, Modality modality) {
    return intact.donors(finding, modality);
  }

  @Override
  public Optional<LatentReference> reference(int finding, Modality modality) {
    return intact.reference(finding, modality);
  }

  @Override
  public void close() {
    // The intact model belongs to somebody else.
  }
}
