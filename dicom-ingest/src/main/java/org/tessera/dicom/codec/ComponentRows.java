package org.tessera.dicom.codec;

/**
 * The lines of a component that were decoded last, as many as two rows of MCUs have: no more are
 * needed to bring it to full size, and so few stay in the caches of a processor. Where the image is
 * twice as wide as some components, those of full width keep even and odd samples apart, as the
 * interpolated ones come about.
 */
final class ComponentRows {
  private final int[][] even;
  private final int[][] odd;

  /**
   * Room for lines.
   *
   * @param lines of two rows of MCUs
   * @param stride samples of a line, a multiple of 8
   * @param apart even and odd samples are kept in lines of their own
   */
  ComponentRows(int lines, int stride, boolean apart) {
    this.even = new int[lines][apart ? stride / 2 : stride];
    this.odd = apart ? new int[lines][stride / 2] : even;
  }

  /** True if even and odd samples are kept apart. */
  boolean apart() {
    return even != odd;
  }

  /** The samples of a line, or the even ones if they are kept apart. */
  int[] even(int line) {
    return even[line % even.length];
  }

  /** The odd samples of a line; all of them if they are not kept apart. */
  int[] odd(int line) {
    return odd[line % odd.length];
  }

  /** Gives the same sample to all places of a block. */
  void fill(int line, int column, int sample) {
    int first = line % even.length;
    int width = apart() ? 4 : 8;
    int at = column * width / 8;
    for (int y = first; y < first + 8; y++) {
      fill(even[y], at, width, sample);
      if (apart()) {
        fill(odd[y], at, width, sample);
      }
    }
  }

  /** Few places: a loop is faster than a call. */
  private static void fill(int[] row, int from, int count, int sample) {
    for (int x = from; x < from + count; x++) {
      row[x] = sample;
    }
  }

  /**
   * Writes a block, row by row.
   *
   * @param block 64 samples, to which {@code centre} is added
   * @param most to which they are limited from above; they are from below to 0
   */
  void write(int line, int column, int[] block, int centre, int most) {
    int first = line % even.length;
    if (!apart()) {
      for (int y = 0; y < 8; y++) {
        int[] row = even[first + y];
        for (int x = 0; x < 8; x++) {
          row[column + x] = limited(block[8 * y + x] + centre, most);
        }
      }
      return;
    }
    int at = column / 2;
    for (int y = 0; y < 8; y++) {
      int[] evens = even[first + y];
      int[] odds = odd[first + y];
      for (int x = 0; x < 4; x++) {
        evens[at + x] = limited(block[8 * y + 2 * x] + centre, most);
        odds[at + x] = limited(block[8 * y + 2 * x + 1] + centre, most);
      }
    }
  }

  private static int limited(int sample, int most) {
    return Math.min(Math.max(sample, 0), most);
  }
}
