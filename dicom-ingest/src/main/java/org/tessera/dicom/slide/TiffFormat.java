package org.tessera.dicom.slide;

import java.io.IOException;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/** Which samples of a TIFF image are read: grey, RGB and palettes of 8 bits, 16 bits without. */
final class TiffFormat {
  static final int YCBCR = 6;
  private static final int PALETTE = 3;
  private static final int RGB = 2;
  private static final int WHITE_IS_ZERO = 0;

  private TiffFormat() {}

  static TiffSamples of(TiffDirectory directory, ByteOrder order)
      throws IOException, RejectedInputException {
    int samples = (int) Math.clamp(directory.number(TiffDirectory.SAMPLES, 1), 0, 99);
    int bits = bits(directory);
    long photometric = directory.number(TiffDirectory.PHOTOMETRIC, 1);
    if (photometric < WHITE_IS_ZERO
        || photometric == 4
        || photometric == 5
        || photometric > YCBCR) {
      throw new RejectedInputException(
          "The slide stores colours in a way that is not read (photometric interpretation %d)."
              .formatted(photometric));
    }
    int colours = photometric == RGB || photometric == YCBCR ? 3 : 1;
    if (samples < colours || samples > colours + 1) {
      throw new RejectedInputException(
          "The slide has %d samples per pixel where %d are read.".formatted(samples, colours));
    }
    long extra = samples > colours ? directory.number(TiffDirectory.EXTRA_SAMPLES, 0) : 0;
    byte[] palette = photometric == PALETTE ? palette(directory, bits) : new byte[0];
    return new TiffSamples(
        samples,
        bits,
        colours,
        photometric == WHITE_IS_ZERO,
        extra == 1 || extra == 2,
        extra == 1,
        palette,
        order);
  }

  private static int bits(TiffDirectory directory) throws IOException, RejectedInputException {
    long[] bits = directory.numbers(TiffDirectory.BITS, 64);
    long first = bits.length == 0 ? 1 : bits[0];
    for (long each : bits) {
      if (each != first) {
        throw new RejectedInputException("The samples of the slide differ in their bits.");
      }
    }
    if ((first != 8 && first != 16) || directory.number(TiffDirectory.SAMPLE_FORMAT, 1) != 1) {
      throw new RejectedInputException(
          "The slide has samples that are not read; unsigned ones of 8 or 16 bits are.");
    }
    return (int) first;
  }

  /** Colours of 16 bits, of which the high ones are shown (TIFF 6.0 section 5). */
  private static byte[] palette(TiffDirectory directory, int bits)
      throws IOException, RejectedInputException {
    long[] colours = directory.numbers(TiffDirectory.COLOR_MAP, 3 * 256);
    if (bits != 8 || colours.length != 3 * 256) {
      throw new RejectedInputException("The slide has a palette that is not of 256 colours.");
    }
    byte[] palette = new byte[colours.length];
    for (int i = 0; i < colours.length; i++) {
      palette[i] = (byte) (colours[i] >> 8);
    }
    return palette;
  }

  /** True if horizontal differences are stored; of them only LZW and deflate are. */
  static boolean differences(TiffDirectory directory, int compression)
      throws IOException, RejectedInputException {
    boolean used = compression == 5 || compression == 8 || compression == 32_946;
    long predictor = directory.number(TiffDirectory.PREDICTOR, 1);
    if (used && predictor != 1 && predictor != 2) {
      throw new RejectedInputException(
          "The slide uses TIFF predictor %d, which is not read.".formatted(predictor));
    }
    return used && predictor == 2;
  }
}
