package org.tessera.dicom.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Brings rows of subsampled colour to full size. Halved colour is interpolated with weights 3/4 and
 * 1/4, as colour decoders commonly do; other factors are repeated. For one thread.
 */
final class Upsampling {
  private static final ValueLayout.OfInt PAIR =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int width;
  private final int widest;
  private final int tallest;

  /** Weighted sums of two rows. */
  private final int[] sums;

  /** Two neighbours of a row in one int, the left one in its low half. */
  private final int[] pairs;

  /** The same, one by one. */
  private final short[] halves;

  /** Rows of an image. */
  Upsampling(JpegHeader header) {
    this.width = header.width;
    this.widest = header.components.stream().mapToInt(c -> c.horizontal).max().orElse(1);
    this.tallest = header.components.stream().mapToInt(c -> c.vertical).max().orElse(1);
    this.sums = new int[width / 2 + 2];
    this.pairs = new int[width / 2 + 2];
    this.halves = new short[width + 4];
  }

  /**
   * One row of a component at the width of the image.
   *
   * @param row target, as long as the image is wide
   */
  void fullRow(JpegComponent component, int y, int[] row) {
    int down = tallest / component.vertical;
    if (widest == 2 * component.horizontal && component.width > 2 && down <= 2
        && tallest % component.vertical == 0) {
      interpolate(component, y, down, row);
    } else {
      repeat(component, y, row);
    }
  }

  private void repeat(JpegComponent component, int y, int[] row) {
    int from = y * component.vertical / tallest * component.stride;
    if (component.horizontal == widest) {
      short[] plane = component.plane;
      for (int x = 0; x < width; x++) {
        row[x] = plane[from + x];
      }
      return;
    }
    for (int x = 0; x < width; x++) {
      row[x] = component.plane[from + x * component.horizontal / widest];
    }
  }

  /**
   * Triangle filter in x, and in y too where the rows are halved as well; else both rows are the
   * same one. Sums have a weight of 4, their neighbours' one of 4 again.
   */
  private void interpolate(JpegComponent component, int y, int down, int[] row) {
    int near = y / down;
    int far = near;
    if (down == 2) {
      far = Math.max(0, Math.min(component.height - 1, y % 2 == 0 ? near - 1 : near + 1));
    }
    sum(component.plane, near * component.stride, far * component.stride, component.width);
    int left = down == 2 ? 8 : 4;
    int right = down == 2 ? 7 : 8;
    int last = component.width - 1;
    pair(left, right, last);
    pairs[0] = (4 * sums[0] + left) >> 4 | (3 * sums[0] + sums[1] + right) >> 4 << 16;
    pairs[last] =
        (3 * sums[last] + sums[last - 1] + left) >> 4 | (4 * sums[last] + right) >> 4 << 16;
    MemorySegment.copy(pairs, 0, MemorySegment.ofArray(halves), PAIR, 0, last + 1);
    for (int x = 0; x < width; x++) {
      row[x] = halves[x];
    }
  }

  private void sum(short[] plane, int near, int far, int length) {
    if (near == far) {
      for (int x = 0; x < length; x++) {
        sums[x] = plane[near + x] << 2;
      }
      return;
    }
    for (int x = 0; x < length; x++) {
      sums[x] = 3 * plane[near + x] + plane[far + x];
    }
  }

  private void pair(int left, int right, int last) {
    for (int x = 1; x < last; x++) {
      int here = 3 * sums[x];
      pairs[x] = (here + sums[x - 1] + left) >> 4 | (here + sums[x + 1] + right) >> 4 << 16;
    }
  }
}
