package org.tessera.validation.evaluate;

import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Shown;

/**
 * One case of a retrieval study.
 *
 * @param set data set; sets are studied apart
 * @param patient intervals are clustered by it
 * @param vectors of length 1 in the shared latent space, by modality
 * @param shown what the evidence of each modality shows
 */
public record RetrievalRow(
    String set, String patient, Map<Modality, float[]> vectors, Map<Modality, Shown> shown) {
  public RetrievalRow {
    vectors = Map.copyOf(vectors);
    shown = Map.copyOf(shown);
  }
}
