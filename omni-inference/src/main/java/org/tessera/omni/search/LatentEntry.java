package org.tessera.omni.search;

import java.util.Map;
import org.tessera.casemodel.Modality;

/**
 * One modality of one case, as it is found again.
 *
 * @param caseId id of the row within its set
 * @param set the data set
 * @param split {@code train}, {@code val}, {@code test} or {@code none}
 * @param modality what the vector was made of
 * @param labels what is known of the case, by name
 */
public record LatentEntry(
    String caseId, String set, String split, Modality modality, Map<String, String> labels) {
  public LatentEntry {
    labels = Map.copyOf(labels);
  }
}
