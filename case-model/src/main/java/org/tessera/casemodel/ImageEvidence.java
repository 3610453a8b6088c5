package org.tessera.casemodel;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A still image, or a stack of slices: a radiograph, a CT or MR series object, a photograph.
 *
 * @param origin where it came from
 * @param pixels its pixels, as stored
 * @param orientation how the stored matrix has to be turned to stand upright
 * @param acquisition DICOM Modality (CR, DX, CT, ...), where known
 * @param bodyPart body part examined, upper case, where known
 * @param view view position (PA, AP, LL), where known
 * @param pixelSpacing distance of pixel centres in millimetres, where known
 * @param study where it belongs in a PACS, where known
 * @param slicePosition of a slice within its volume: millimetres along the normal of the slices, or
 *     its instance number where it has no geometry
 */
public record ImageEvidence(
    EvidenceOrigin origin,
    PixelSource pixels,
    Orientation orientation,
    Optional<String> acquisition,
    Optional<String> bodyPart,
    Optional<String> view,
    OptionalDouble pixelSpacing,
    Optional<StudyReference> study,
    OptionalDouble slicePosition)
    implements Evidence {
  /** An image that is no slice of a volume. */
  public ImageEvidence(
      EvidenceOrigin origin,
      PixelSource pixels,
      Orientation orientation,
      Optional<String> acquisition,
      Optional<String> bodyPart,
      Optional<String> view,
      OptionalDouble pixelSpacing,
      Optional<StudyReference> study) {
    this(
        origin,
        pixels,
        orientation,
        acquisition,
        bodyPart,
        view,
        pixelSpacing,
        study,
        OptionalDouble.empty());
  }

  /** The same image with other pixels of the same shape. */
  public ImageEvidence with(PixelSource other) {
    return new ImageEvidence(
        origin,
        other,
        orientation,
        acquisition,
        bodyPart,
        view,
        pixelSpacing,
        study,
        slicePosition);
  }

  @Override
  public Modality modality() {
    return Modality.IMAGE;
  }
}
