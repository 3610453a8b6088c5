package org.tessera.dicom.codec;

/**
 * Brings subsampled colour to full size and interleaves. Halved colour is interpolated with weights
 * 3/4 and 1/4, as colour decoders commonly do; other factors are repeated.
 */
final class Upsampling {
  private Upsampling() {}

  static void interleave(JpegHeader header, byte[] target, PixelFormat format) {
    int widest = header.components.stream().mapToInt(c -> c.horizontal).max().orElse(1);
    int tallest = header.components.stream().mapToInt(c -> c.vertical).max().orElse(1);
    int[] row = new int[widest * header.width + 16];
    for (int place = 0; place < header.components.size(); place++) {
      JpegComponent component = header.components.get(place);
      for (int y = 0; y < header.height; y++) {
        fullRow(component, y, widest, tallest, header.width, row);
        store(row, y, place, target, format);
      }
    }
  }

  /**
   * One row of a component at the width of the image.
   *
   * @param widest largest horizontal sampling factor of all components
   * @param tallest largest vertical one
   * @param width of the image
   * @param row target, at least {@code widest * width + 16} long
   */
  static void fullRow(
      JpegComponent component, int y, int widest, int tallest, int width, int[] row) {
    int across = widest / component.horizontal;
    int down = tallest / component.vertical;
    if (across == 2 && component.width > 2 && down <= 2 && widest % component.horizontal == 0
        && tallest % component.vertical == 0) {
      interpolate(component, y, down, row);
    } else {
      repeat(component, y, widest, tallest, width, row);
    }
  }

  private static void repeat(
      JpegComponent component, int y, int widest, int tallest, int width, int[] row) {
    int from = y * component.vertical / tallest * component.stride;
    if (component.horizontal == widest) {
      for (int x = 0; x < width; x++) {
        row[x] = component.plane[from + x] & 0xFFFF;
      }
      return;
    }
    for (int x = 0; x < width; x++) {
      row[x] = component.plane[from + x * component.horizontal / widest] & 0xFFFF;
    }
  }

  /** Triangle filter in x, and in y too where the rows are halved as well. */
  private static void interpolate(JpegComponent component, int y, int down, int[] row) {
    int near = y / down;
    int far = near;
    if (down == 2) {
      far = Math.max(0, Math.min(component.height - 1, y % 2 == 0 ? near - 1 : near + 1));
    }
    int width = component.width;
    int shift = down == 2 ? 4 : 2;
    int roundLeft = down == 2 ? 8 : 1;
    int roundRight = down == 2 ? 7 : 2;
    int last = 2 * width - 1;
    int[] sums = component.sums(width);
    sum(component.plane, near * component.stride, far * component.stride, down, sums, width);
    row[0] = (sums[0] * 4 + roundLeft) >> shift;
    row[last] = (sums[width - 1] * 4 + roundRight) >> shift;
    for (int x = 1; x < width; x++) {
      row[2 * x - 1] = (sums[x - 1] * 3 + sums[x] + roundRight) >> shift;
      row[2 * x] = (sums[x] * 3 + sums[x - 1] + roundLeft) >> shift;
    }
  }

  private static void sum(short[] plane, int near, int far, int down, int[] sums, int width) {
    if (down == 2) {
      for (int x = 0; x < width; x++) {
        sums[x] = (plane[near + x] & 0xFFFF) * 3 + (plane[far + x] & 0xFFFF);
      }
    } else {
      for (int x = 0; x < width; x++) {
        sums[x] = plane[near + x] & 0xFFFF;
      }
    }
  }

  private static void store(int[] row, int y, int place, byte[] target, PixelFormat format) {
    int width = format.valueBytes();
    int step = format.samples() * width;
    int at = y * format.columns() * step + place * width;
    for (int x = 0; x < format.columns(); x++, at += step) {
      target[at] = (byte) row[x];
      if (width == 2) {
        target[at + 1] = (byte) (row[x] >> 8);
      }
    }
  }
}
