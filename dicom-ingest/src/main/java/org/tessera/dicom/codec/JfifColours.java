package org.tessera.dicom.codec;

/**
 * Luminance and colour differences of full range to RGB (Rec. 601, as JFIF uses it), in 16-bit
 * fixed point and rounded as the common decoders do.
 */
public final class JfifColours {
  private JfifColours() {}

  /** Changes interleaved YCbCr of 8 bits to RGB, in place. */
  public static void toRgb(byte[] samples) {
    for (int at = 0; at + 2 < samples.length; at += 3) {
      put(samples[at] & 0xFF, samples[at + 1] & 0xFF, samples[at + 2] & 0xFF, samples, at);
    }
  }

  /** Writes the three bytes of one pixel. */
  static void put(int luminance, int blueDifference, int redDifference, byte[] target, int at) {
    int blue = blueDifference - 128;
    int red = redDifference - 128;
    target[at] = clamped(luminance + (91_881 * red + 32_768 >> 16));
    target[at + 1] = clamped(luminance + (-22_554 * blue - 46_802 * red + 32_768 >> 16));
    target[at + 2] = clamped(luminance + (116_130 * blue + 32_768 >> 16));
  }

  private static byte clamped(int value) {
    return (byte) ((value & ~0xFF) == 0 ? value : value < 0 ? 0 : 255);
  }
}
