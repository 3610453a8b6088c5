package org.tessera.dicom.image;

import java.util.OptionalInt;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
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
