package org.tessera.omni.signal;

import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.RejectedInputException;

/**
 * What a picture file says about itself, before a pixel is decoded.
 *
 * @param format name under which ImageIO knows its reader
 * @param width columns
 * @param height rows
 * @param frames pictures of that size
 * @param orientation how to turn it upright
 */
record RasterHeader(String format, int width, int height, int frames, Orientation orientation) {
  /** Most pixels of a picture that is decoded as a whole. */
  static final long MAX_PIXELS = 100_000_000L;

  /**
   * Reads the header, walks the structure to its end, and refuses what would be too large.
   *
   * @throws RejectedInputException if it is no picture of a known format, or is cut off
   */
  static RasterHeader of(byte[] bytes) throws RejectedInputException {
    RasterHeader header;
    if (JpegStructure.matches(bytes)) {
      header = JpegStructure.header(bytes);
    } else if (PngStructure.matches(bytes)) {
      header = PngStructure.header(bytes);
    } else if (TiffStructure.matches(bytes)) {
      header = TiffStructure.header(bytes);
    } else {
      throw new RejectedInputException(
          bytes.length == 0
              ? "The file is empty."
              : "The file is not a JPEG, PNG or TIFF picture, whatever its name says.");
    }
    if (header.width < 1 || header.height < 1) {
      throw new RejectedInputException("The picture has no pixels.");
    }
    if ((long) header.width * header.height > MAX_PIXELS) {
      throw new RejectedInputException(
          "The picture claims %,d by %,d pixels; at most %,d million are read."
              .formatted(header.width, header.height, MAX_PIXELS / 1_000_000));
    }
    return header;
  }
}
