package org.tessera.dicom.codec;

import java.util.Arrays;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;

/**
 * JPEG with Huffman coding (ITU-T T.81): baseline and extended sequential of 8 and 12 bits, and
 * lossless (process 14) of 2 to 16 bits with all seven predictors. In Java, so that a damaged
 * stream can cost an exception but not the process.
 *
 * <p>Colours are returned as coded; the data set's Photometric Interpretation says what they are.
 */
public final class JpegDecoder implements FrameDecoder {

  @Override
  public byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException {
    return decode(code, format, new FrameMemory());
  }

  /** The same, in memory of an earlier frame. */
  public byte[] decode(byte[] code, PixelFormat format, FrameMemory memory)
      throws RejectedInputException {
    return decode(code, format, Optional.empty(), memory);
  }

  /**
   * Decodes a frame whose samples are luminance and colour differences of full range, and turns
   * them into RGB.
   *
   * @param format with 3 samples of 8 bits
   * @param memory that may hold an earlier frame, which is then overwritten
   */
  public byte[] decodeToRgb(byte[] code, PixelFormat format, FrameMemory memory)
      throws RejectedInputException {
    return decode(code, format, Optional.of(YbrColours.EXACT), memory);
  }

  private static byte[] decode(
      byte[] code, PixelFormat format, Optional<YbrColours> colours, FrameMemory memory)
      throws RejectedInputException {
    if (code.length < 4 || code[0] != (byte) 0xFF || code[1] != (byte) 0xD8) {
      throw new RejectedInputException("The pixel data are not a JPEG stream.");
    }
    JpegHeader header = new JpegHeader(code);
    Optional<JpegHeader.Scan> scan = header.nextScan(2);
    requireShape(header, format);
    byte[] target = memory.array((int) format.frameBytes());
    if (scan.isEmpty() || scan.get().components().size() < format.samples()) {
      // A damaged stream may leave a component out: nothing of an earlier frame may show there.
      Arrays.fill(target, (byte) 0);
    }
    if (header.process != 3) {
      new DctImage(header, format.rows(), colours, format.valueBytes())
          .decode(code, scan, target);
      return target;
    }
    int seen = 0;
    while (scan.isPresent()) {
      EntropyBits bits = new EntropyBits(code, scan.get().dataAt());
      new LosslessScan(header, scan.get(), bits, target, format).decode();
      seen += scan.get().components().size();
      scan = seen < format.samples() ? header.nextScan(bits.markerPosition()) : Optional.empty();
    }
    if (seen < format.samples()) {
      throw new RejectedInputException("The JPEG stream is cut off.");
    }
    colours.ifPresent(each -> each.toRgb(target));
    return target;
  }

  private static void requireShape(JpegHeader header, PixelFormat format)
      throws RejectedInputException {
    if (header.process < 0) {
      throw new RejectedInputException("The JPEG stream is cut off.");
    }
    if (header.width != format.columns()
        || header.height != format.rows()
        || header.components.size() != format.samples()) {
      throw new RejectedInputException(
          "The JPEG stream has %d x %d pixels of %d samples, the data set promises %d x %d of %d."
              .formatted(
                  header.width,
                  header.height,
                  header.components.size(),
                  format.columns(),
                  format.rows(),
                  format.samples()));
    }
    if (header.precision > format.valueBytes() * 8 || format.valueBytes() > 2) {
      throw new RejectedInputException(
          "The JPEG stream has %d bits per sample, the data set has room for %d."
              .formatted(header.precision, format.bitsAllocated()));
    }
  }
}
