package org.tessera.casemodel;

/**
 * Moving pictures: an ultrasound loop, a fluoroscopy run.
 *
 * @param origin where it came from
 * @param pixels frames in their order
 * @param framesPerSecond frame rate, {@code > 0}
 */
public record CineEvidence(EvidenceOrigin origin, PixelSource pixels, double framesPerSecond)
    implements Evidence {
  @Override
  public Modality modality() {
    return Modality.CINE;
  }
}
