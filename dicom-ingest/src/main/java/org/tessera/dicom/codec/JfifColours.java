package org.tessera.dicom.codec;

/** Luminance and colour differences to RGB as JFIF decoders commonly do it. */
public final class JfifColours {
  private JfifColours() {}

  /** Changes interleaved YCbCr of 8 bits to RGB, in place. */
  public static void toRgb(byte[] samples) {
    YbrColours.JFIF.toRgb(samples);
  }
}
