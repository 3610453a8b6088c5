package org.tessera.dicom.image;

import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.YbrColours;

/** Luminance and colour differences to RGB (PS3.3 C.7.6.3.1.2). */
final class Ybr {
  private Ybr() {}

  /** True if samples have 8 bits and full range, as {@link YbrColours} has them. */
  static boolean isPlain(PixelFormat format) {
    return format.isYbr()
        && !format.photometric().startsWith("YBR_PARTIAL")
        && format.valueBytes() == 1
        && format.bitsStored() == 8;
  }

  /** Changes interleaved YBR of 8, 16 or 32 bits to RGB, in place. */
  static void toRgb(byte[] values, PixelFormat format) {
    if (isPlain(format)) {
      YbrColours.EXACT.toRgb(values);
      return;
    }
    boolean partial = format.photometric().startsWith("YBR_PARTIAL");
    int width = format.valueBytes();
    long most = (1L << Math.min(format.bitsStored(), 32)) - 1;
    double half = (most + 1) / 2.0;
    double scale = (most + 1) / 256.0;
    for (int at = 0; at + 3 * width <= values.length; at += 3 * width) {
      double y = get(values, at, width);
      double blue = get(values, at + width, width) - half;
      double red = get(values, at + 2 * width, width) - half;
      if (partial) {
        // Studio range: 16 to 235 and 16 to 240 of 256.
        double luminance = 1.1644 * (y - 16 * scale);
        put(values, at, width, luminance + 1.5960 * red, most);
        put(values, at + width, width, luminance - 0.3917 * blue - 0.8130 * red, most);
        put(values, at + 2 * width, width, luminance + 2.0173 * blue, most);
      } else {
        put(values, at, width, y + 1.402 * red, most);
        put(values, at + width, width, y - 0.344136 * blue - 0.714136 * red, most);
        put(values, at + 2 * width, width, y + 1.772 * blue, most);
      }
    }
  }

  private static long get(byte[] values, int at, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (values[at + i] & 0xFFL) << (8 * i);
    }
    return value;
  }

  private static void put(byte[] values, int at, int width, double value, long most) {
    long rounded = (long) Math.max(0, Math.min(most, Math.floor(value + 0.5)));
    for (int i = 0; i < width; i++) {
      values[at + i] = (byte) (rounded >> (8 * i));
    }
  }
}
