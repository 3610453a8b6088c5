package org.tessera.dicom.codec;

import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * JPEG images of 8 bits whose tables may be sent once for many of them (ITU-T T.81 B.4 and B.5), as
 * the tiles of TIFF files are (TIFF Technical Note 2). Immutable and safe for several threads.
 */
public final class AbbreviatedJpeg {
  private final JpegHeader tables;

  /**
   * Reads the tables.
   *
   * @param tables a stream of tables only; empty if every image has its own
   */
  public AbbreviatedJpeg(byte[] tables) throws RejectedInputException {
    this.tables = new JpegHeader(tables);
    if (tables.length > 0 && this.tables.nextScan(0).isPresent()) {
      throw new RejectedInputException("The JPEG tables of the file are no tables.");
    }
  }

  /**
   * Decodes an image.
   *
   * @param code the stream
   * @param width columns that it must have
   * @param height rows that it must have at least
   * @param tallest rows that it may have; those beyond {@code height} are dropped
   * @param samples 1 or 3 per pixel
   * @param ybr three samples are luminance and colour differences, to be turned into RGB
   * @return interleaved samples, {@code width * height * samples} long
   * @throws RejectedInputException with one sentence, if it is damaged or of another shape
   */
  public byte[] decode(byte[] code, int width, int height, int tallest, int samples, boolean ybr)
      throws RejectedInputException {
    if (code.length < 4 || code[0] != (byte) 0xFF || code[1] != (byte) 0xD8) {
      throw new RejectedInputException("The tile is not a JPEG stream.");
    }
    JpegHeader header = new JpegHeader(code, tables);
    Optional<JpegHeader.Scan> scan = header.nextScan(2);
    if (header.process != 0 && header.process != 1) {
      throw new RejectedInputException(
          header.process < 0
              ? "The JPEG stream is cut off."
              : "The JPEG stream is lossless, which tiles are not.");
    }
    if (header.width != width
        || header.height < height
        || header.height > tallest
        || header.precision != 8
        || header.components.size() != samples) {
      throw new RejectedInputException(
          "A tile of %d x %d pixels and %d samples holds a JPEG stream of %d x %d and %d."
              .formatted(
                  width, height, samples, header.width, header.height, header.components.size()));
    }
    Optional<YbrColours> colours =
        ybr && samples == 3 ? Optional.of(YbrColours.JFIF) : Optional.empty();
    byte[] target = new byte[width * height * samples];
    new DctImage(header, height, colours, 1).decode(code, scan, target);
    return target;
  }
}
