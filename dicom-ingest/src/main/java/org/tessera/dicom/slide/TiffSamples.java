package org.tessera.dicom.slide;

import java.nio.ByteOrder;

/**
 * From the uncompressed samples of a TIFF tile to 8 bits of grey or RGB. Bit depth, colours and
 * transparency were checked when the format was made.
 *
 * @param samples stored per pixel, those beyond the colours included
 * @param bits 8 or 16
 * @param colours 1 or 3
 * @param inverted 0 is white
 * @param alpha the sample behind the colours is opacity
 * @param premultiplied the colours are already multiplied with it
 * @param palette (3, 256) colours of the values; empty if they are no indices
 * @param order of the bytes of 16-bit samples
 */
@SuppressWarnings("ArrayRecordComponent")
record TiffSamples(
    int samples,
    int bits,
    int colours,
    boolean inverted,
    boolean alpha,
    boolean premultiplied,
    byte[] palette,
    ByteOrder order) {

  /** Channels of what comes out: 1 or 3. */
  int channels() {
    return palette.length > 0 ? 3 : colours;
  }

  /**
   * Undoes horizontal differencing (TIFF 6.0 section 14), in place.
   *
   * @param perPixel samples of a pixel that lie together
   */
  void undoDifferences(byte[] data, int width, int rows, int perPixel) {
    if (bits == 8) {
      for (int y = 0; y < rows; y++) {
        if (perPixel == 3) {
          undoColours(data, y * width * 3, (y + 1) * width * 3);
        } else {
          int row = width * perPixel;
          for (int i = y * row + perPixel; i < (y + 1) * row; i++) {
            data[i] += data[i - perPixel];
          }
        }
      }
      return;
    }
    int row = width * perPixel * 2;
    for (int y = 0; y < rows; y++) {
      for (int i = y * row + 2 * perPixel; i < (y + 1) * row; i += 2) {
        put(data, i, get(data, i) + get(data, i - 2 * perPixel));
      }
    }
  }

  private static void undoColours(byte[] data, int from, int to) {
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = from; i < to; i += 3) {
      red += data[i];
      green += data[i + 1];
      blue += data[i + 2];
      data[i] = (byte) red;
      data[i + 1] = (byte) green;
      data[i + 2] = (byte) blue;
    }
  }

  private int get(byte[] data, int at) {
    int first = data[at] & 0xFF;
    int second = data[at + 1] & 0xFF;
    return order == ByteOrder.LITTLE_ENDIAN ? first | second << 8 : first << 8 | second;
  }

  private void put(byte[] data, int at, int value) {
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    data[at] = (byte) (little ? value : value >> 8);
    data[at + 1] = (byte) (little ? value >> 8 : value);
  }

  /** Joins planes that were stored one behind the other. */
  static byte[] joined(byte[][] planes, int bytesPerSample) {
    byte[] all = new byte[planes[0].length * planes.length];
    int step = planes.length * bytesPerSample;
    for (int plane = 0; plane < planes.length; plane++) {
      for (int i = 0; i < planes[plane].length; i++) {
        all[i / bytesPerSample * step + plane * bytesPerSample + i % bytesPerSample] =
            planes[plane][i];
      }
    }
    return all;
  }

  /** The pixels as grey or RGB of 8 bits; transparency is laid on white. */
  byte[] toEightBits(byte[] data) {
    byte[] eight = bits == 8 ? data : narrowed(data);
    if (palette.length == 0 && samples == colours && !inverted) {
      return eight;
    }
    int pixels = eight.length / samples;
    int channels = channels();
    byte[] target = new byte[pixels * channels];
    for (int i = 0; i < pixels; i++) {
      for (int c = 0; c < channels; c++) {
        target[i * channels + c] = (byte) sample(eight, i, c);
      }
    }
    return target;
  }

  private int sample(byte[] eight, int pixel, int channel) {
    int from = pixel * samples;
    if (palette.length > 0) {
      return palette[channel * 256 + (eight[from] & 0xFF)] & 0xFF;
    }
    int value = eight[from + channel] & 0xFF;
    if (inverted) {
      value = 255 - value;
    }
    if (!alpha) {
      return value;
    }
    int opacity = eight[from + colours] & 0xFF;
    int coloured = premultiplied ? value : (value * opacity + 127) / 255;
    return Math.min(255, coloured + 255 - opacity);
  }

  /** 16 bits to 8, rounded: 65,535 is 255. */
  private byte[] narrowed(byte[] data) {
    byte[] eight = new byte[data.length / 2];
    for (int i = 0; i < eight.length; i++) {
      eight[i] = (byte) ((get(data, 2 * i) + 128) / 257);
    }
    return eight;
  }
}
