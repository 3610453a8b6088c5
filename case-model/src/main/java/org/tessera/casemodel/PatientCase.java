package org.tessera.casemodel;

import java.util.List;
import java.util.Optional;

/**
 * Everything known about one patient, ready to become one token sequence.
 *
 * @param id identifier of the case
 * @param patient whose it is, where known
 * @param evidence what was accepted, in the order received
 * @param rejected what was not
 * @param composed true if the evidence comes from different people (training and tests only)
 */
public record PatientCase(
    String id,
    Optional<PatientIdentity> patient,
    List<Evidence> evidence,
    List<RejectedInput> rejected,
    boolean composed) {
  public PatientCase {
    evidence = List.copyOf(evidence);
    rejected = List.copyOf(rejected);
  }

  /** The evidence of one modality, in order. */
  public List<Evidence> of(Modality modality) {
    return evidence.stream().filter(each -> each.modality() == modality).toList();
  }
}
