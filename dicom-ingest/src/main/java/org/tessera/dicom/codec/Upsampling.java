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
      int across = widest / component.horizontal;
      int down = tallest / component.vertical;
      for (int y = 0; y < header.height; y++) {
        if (across == 2 && component.width > 2 && down <= 2 && widest % component.horizontal == 0
            && tallest % component.vertical == 0) {
          interpolate(component, y, down, row);
        } else {
          repeat(component, y, widest, tallest, header.width, row);
        }
        store(row, y, place, target, format);
      }
    }
  }

  private static void repeat(
      JpegComponent component, int y, int widest, int tallest, int width, int[] row) {
    int from = y * component.vertical / tallest * component.stride;
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
    int a = near * component.stride;
    int b = far * component.stride;
    int shift = down == 2 ? 4 : 2;
    int roundLeft = down == 2 ? 8 : 1;
    int roundRight = down == 2 ? 7 : 2;
    for (int x = 0; x < width; x++) {
      int here = sum(component.plane, a + x, b + x, down);
      int left = x > 0 ? sum(component.plane, a + x - 1, b + x - 1, down) : here;
      int right = x < width - 1 ? sum(component.plane, a + x + 1, b + x + 1, down) : here;
      row[2 * x] = (here * 3 + left + roundLeft) >> shift;
      row[2 * x + 1] = (here * 3 + right + roundRight) >> shift;
    }
  }

  private static int sum(short[] plane, int near, int far, int down) {
    return down == 2 ? (plane[near] & 0xFFFF) * 3 + (plane[far] & 0xFFFF) : plane[near] & 0xFFFF;
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
