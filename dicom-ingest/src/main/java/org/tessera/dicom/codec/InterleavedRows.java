package org.tessera.dicom.codec;

/** The components of a decoded JPEG image of 8 bits, brought to full size and interleaved. */
final class InterleavedRows {
  private InterleavedRows() {}

  /**
   * Writes the first rows of an image.
   *
   * @param ybr turn luminance and colour differences into RGB, as JFIF does
   * @param target {@code width * height * components} long
   */
  static void write(JpegHeader header, int height, boolean ybr, byte[] target) {
    int widest = header.components.stream().mapToInt(c -> c.horizontal).max().orElse(1);
    int tallest = header.components.stream().mapToInt(c -> c.vertical).max().orElse(1);
    int samples = header.components.size();
    int width = header.width;
    int[][] rows = new int[samples][widest * width + 16];
    for (int y = 0; y < height; y++) {
      for (int place = 0; place < samples; place++) {
        Upsampling.fullRow(
            header.components.get(place), y, widest, tallest, width, rows[place]);
      }
      int at = y * width * samples;
      if (ybr) {
        rgb(rows[0], rows[1], rows[2], width, target, at);
      } else {
        interleave(rows, width, target, at);
      }
    }
  }

  private static void interleave(int[][] rows, int width, byte[] target, int from) {
    int samples = rows.length;
    for (int place = 0; place < samples; place++) {
      int[] row = rows[place];
      for (int x = 0, at = from + place; x < width; x++, at += samples) {
        target[at] = (byte) row[x];
      }
    }
  }

  private static void rgb(
      int[] luminance, int[] blues, int[] reds, int width, byte[] target, int from) {
    for (int x = 0, at = from; x < width; x++, at += 3) {
      JfifColours.put(luminance[x], blues[x], reds[x], target, at);
    }
  }
}
