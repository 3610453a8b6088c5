package org.tessera.casemodel;

import java.util.OptionalDouble;

/**
 * Stained tissue: a whole slide, or a tile cut out of one. Level 0 only is addressed.
 *
 * @param origin where it came from
 * @param pixels level 0 pixels, RGB
 * @param micronsPerPixel physical size of a level 0 pixel, where known
 */
public record SlideEvidence(
    EvidenceOrigin origin, PixelSource pixels, OptionalDouble micronsPerPixel)
    implements Evidence {
  @Override
  public Modality modality() {
    return Modality.SLIDE;
  }
}
