package org.tessera.casemodel;

/**
 * A recording of coughing or breathing.
 *
 * @param origin where it came from
 * @param audio its sound
 */
public record AudioEvidence(EvidenceOrigin origin, AudioSource audio) implements Evidence {
  @Override
  public Modality modality() {
    return Modality.AUDIO;
  }
}
