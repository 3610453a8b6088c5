package org.tessera.casemodel;

/**
 * Moving pictures: an ultrasound loop, a fluoroscopy run.
 *
 * @param origin where it came from
 * @param pixels frames in their order
 * @param times when they were taken
 */
public record CineEvidence(EvidenceOrigin origin, PixelSource pixels, FrameTimes times)
    implements Evidence {
  @Override
  public Modality modality() {
    return Modality.CINE;
  }
}
