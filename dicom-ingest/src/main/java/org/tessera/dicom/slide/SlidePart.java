package org.tessera.dicom.slide;

import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.image.PixelData;

/**
 * One file of a DICOM whole slide (PS3.3 A.32.8): a level, or a part of one.
 *
 * @param file the file
 * @param data its frames
 * @param width columns of the whole level
 * @param height rows of the whole level
 * @param paths number of optical paths
 * @param planes number of focal planes
 */
record SlidePart(
    DicomFile file, PixelData data, int width, int height, int paths, int planes) {
  private static final int MOST_PATHS = 64;
  private static final int MOST_PLANES = 1024;

  /**
   * Reads what the file says about itself.
   *
   * @throws RejectedInputException if it shows the label of the slide, or has no valid size
   */
  static SlidePart of(DicomFile file, ParseLimits limits) throws RejectedInputException {
    Attributes image = file.dataset();
    if (showsLabel(image)) {
      throw new RejectedInputException(
          "The file is the label or overview of a slide, which may carry names and is not read.");
    }
    PixelData data = PixelData.of(file, limits);
    return new SlidePart(
        file,
        data,
        count(image, Tag.TotalPixelMatrixColumns, data.columns(), Slide.LONGEST),
        count(image, Tag.TotalPixelMatrixRows, data.rows(), Slide.LONGEST),
        count(image, Tag.NumberOfOpticalPaths, 1, MOST_PATHS),
        count(image, Tag.TotalPixelMatrixFocalPlanes, 1, MOST_PLANES));
  }

  /** Image Type (PS3.3 C.8.12.4.1.1), and Specimen Label in Image (C.8.12.4). */
  static boolean showsLabel(Attributes image) {
    List<String> type = image.strings(Tag.ImageType);
    return type.contains("LABEL")
        || type.contains("OVERVIEW")
        || image.string(Tag.SpecimenLabelInImage).orElse("").strip().equals("YES");
  }

  private static int count(Attributes image, int tag, int otherwise, int most)
      throws RejectedInputException {
    int count = image.integer(tag, otherwise);
    if (count < 1 || count > most) {
      throw new RejectedInputException("The slide has no valid size.");
    }
    return count;
  }

  Attributes image() {
    return file.dataset();
  }

  /** Which concatenation it is a part of (PS3.3 C.7.6.16.2.2.4). */
  Optional<String> concatenation() {
    return image().string(Tag.ConcatenationUID);
  }

  /** How many frames of the concatenation come before its own. */
  int offset() {
    return image().integer(Tag.ConcatenationFrameOffsetNumber, 0);
  }

  boolean isAlike(SlidePart other) {
    return width == other.width
        && height == other.height
        && paths == other.paths
        && planes == other.planes
        && data.columns() == other.data.columns()
        && data.rows() == other.data.rows();
  }
}
