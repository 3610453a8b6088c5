package org.tessera.dicom.image;

import java.util.Optional;
import java.util.OptionalInt;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;

/**
 * The frames of a segmentation as masks (PS3.3 C.8.20): which segment each belongs to, and how much
 * of each pixel is inside it. Safe for use by several threads.
 */
public final class SegmentFrames {
  private final Attributes object;
  private final PixelData pixels;
  private final double full;

  private SegmentFrames(Attributes object, PixelData pixels, double full) {
    this.object = object;
    this.pixels = pixels;
    this.full = full;
  }

  /**
   * The masks of a segmentation object, BINARY or FRACTIONAL.
   *
   * @throws RejectedInputException if it is none of these, or its pixels cannot be read
   */
  public static SegmentFrames of(DicomFile file, ParseLimits limits)
      throws RejectedInputException {
    Attributes object = file.dataset();
    PixelData pixels = PixelData.of(file, limits);
    String type = object.string(Tag.SegmentationType).orElse("");
    int full = type.equals("FRACTIONAL") ? object.integer(Tag.MaximumFractionalValue, 255) : 1;
    if (!type.equals("BINARY") && !type.equals("FRACTIONAL")
        || pixels.format().samples() != 1
        || full < 1) {
      throw new RejectedInputException("The segmentation is neither binary nor fractional.");
    }
    return new SegmentFrames(object, pixels, full);
  }

  public int frames() {
    return pixels.frames();
  }

  public int rows() {
    return pixels.rows();
  }

  public int columns() {
    return pixels.columns();
  }

  /**
   * The number of the segment that a frame belongs to; empty if it is not stated.
   *
   * @param frame from 1
   */
  public OptionalInt segment(int frame) {
    return FunctionalGroups.holder(
            object, frame, Tag.SegmentIdentificationSequence, Tag.ReferencedSegmentNumber)
        .map(item -> item.integer(Tag.ReferencedSegmentNumber))
        .orElse(OptionalInt.empty());
  }

  /**
   * What a segment stands for; empty if it is not described, or not completely.
   *
   * @param number as frames refer to it
   */
  public Optional<Segmentation.Segment> described(int number) {
    return object.items(Tag.SegmentSequence).stream()
        .filter(item -> item.integer(Tag.SegmentNumber, 0) == number)
        .findFirst()
        .flatMap(SegmentFrames::segment);
  }

  private static Optional<Segmentation.Segment> segment(Attributes item) {
    Optional<Code> category = Code.of(item, Tag.SegmentedPropertyCategoryCodeSequence);
    Optional<Code> type = Code.of(item, Tag.SegmentedPropertyTypeCodeSequence);
    return category.isPresent() && type.isPresent()
        ? Optional.of(
            new Segmentation.Segment(
                item.string(Tag.SegmentLabel).orElse(""),
                category.get(),
                type.get(),
                item.string(Tag.SegmentAlgorithmName)))
        : Optional.empty();
  }

  /**
   * The image frame that a mask was made from.
   *
   * @param instance SOP Instance UID of the image
   * @param frame of that image, from 1
   */
  public record Source(String instance, int frame) {}

  /**
   * The frame of an image that a mask lies over; empty if it is not stated.
   *
   * @param frame of the segmentation, from 1
   */
  public Optional<Source> source(int frame) {
    return FunctionalGroups.holder(
            object, frame, Tag.DerivationImageSequence, Tag.SourceImageSequence)
        .flatMap(derivation -> derivation.item(Tag.SourceImageSequence))
        .flatMap(
            item ->
                item.string(Tag.ReferencedSOPInstanceUID)
                    .map(
                        instance ->
                            new Source(instance, item.integer(Tag.ReferencedFrameNumber, 1))));
  }

  /** Where a mask is in the patient, as far as the segmentation says. */
  public FrameGeometry geometry(int frame) {
    return FrameGeometry.of(object, frame);
  }

  /**
   * How much of each pixel is inside the segment, 0 to 1, row by row.
   *
   * @param frame from 1
   */
  public float[] mask(int frame) throws RejectedInputException {
    StoredFrame stored = pixels.frame(frame);
    float[] mask = new float[stored.rows() * stored.columns()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (float) Math.min(1, stored.integer(i) / full);
    }
    return mask;
  }
}
