package org.tessera.dicom.codec;

/**
 * Luminance and colour differences of 8 bits and full range to RGB (Rec. 601), in fixed point.
 * Immutable.
 */
public final class YbrColours {
  /** As JFIF decoders commonly do it. */
  static final YbrColours JFIF =
      new YbrColours(16, 32_768, new int[] {91_881, 22_554, 46_802, 116_130});

  /**
   * The factors of PS3.3 C.7.6.3.1.2, exact for every input, with halves rounded upwards: 40 is
   * more than the factors lack, and less than what separates a half from its neighbours.
   */
  public static final YbrColours EXACT =
      new YbrColours(22, (1 << 21) + 40, new int[] {5_880_414, 1_443_411, 2_995_303, 7_432_307});

  private final int bits;
  private final int half;
  private final int redOfRed;
  private final int greenOfBlue;
  private final int greenOfRed;
  private final int blueOfBlue;

  private YbrColours(int bits, int half, int[] factors) {
    this.bits = bits;
    this.half = half;
    redOfRed = factors[0];
    greenOfBlue = factors[1];
    greenOfRed = factors[2];
    blueOfBlue = factors[3];
  }

  /** Changes interleaved samples to RGB, in place. */
  public void toRgb(byte[] samples) {
    int end = samples.length - 2;
    for (int at = 0; at < end; at += 3) {
      int luminance = samples[at] & 0xFF;
      int blue = (samples[at + 1] & 0xFF) - 128;
      int red = (samples[at + 2] & 0xFF) - 128;
      samples[at] = (byte) clamped(luminance + (redOfRed * red + half >> bits));
      samples[at + 1] =
          (byte) clamped(luminance + (half - greenOfBlue * blue - greenOfRed * red >> bits));
      samples[at + 2] = (byte) clamped(luminance + (blueOfBlue * blue + half >> bits));
    }
  }

  /**
   * Changes a row of three planes to pixels: red in the lowest byte, then green and blue. Short
   * loops, which become loops over vectors.
   *
   * @param pixels as long as the row or longer
   */
  void pack(int[] luminance, int[] blues, int[] reds, int width, int[] pixels) {
    for (int x = 0; x < width; x++) {
      pixels[x] = clamped(luminance[x] + (redOfRed * (reds[x] - 128) + half >> bits));
    }
    for (int x = 0; x < width; x++) {
      int differences = half - greenOfBlue * (blues[x] - 128) - greenOfRed * (reds[x] - 128);
      pixels[x] |= clamped(luminance[x] + (differences >> bits)) << 8;
    }
    for (int x = 0; x < width; x++) {
      pixels[x] |= clamped(luminance[x] + (blueOfBlue * (blues[x] - 128) + half >> bits)) << 16;
    }
  }

  private static int clamped(int value) {
    return Math.min(Math.max(value, 0), 255);
  }
}
