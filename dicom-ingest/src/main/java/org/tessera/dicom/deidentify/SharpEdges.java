package org.tessera.dicom.deidentify;

/**
 * How much neighbouring pixels of a grey picture differ, in a region of it. What a machine wrote
 * has sharp edges in nearly every column of a line; ribs and vessels that a network takes for
 * large letters have not.
 */
final class SharpEdges {
  /** A tile with fewer sharp pixels than this holds no two letters. */
  private static final int LEAST = 12;

  private final byte[] grey;
  private final int columns;
  private final int rows;

  /**
   * Edges of a picture.
   *
   * @param grey brightness 0 to 255, row by row
   */
  SharpEdges(byte[] grey, int columns) {
    this.grey = grey;
    this.columns = columns;
    this.rows = grey.length / columns;
  }

  /** Whether a part of the picture has as many sharp edges as two letters need. */
  boolean mayBeText(Box part, int step) {
    int sharp = 0;
    for (int y = part.y(); y < part.bottom(); y++) {
      for (int x = part.x(); x < part.right(); x++) {
        sharp += isSharp(x, y, step) ? 1 : 0;
      }
      if (sharp >= LEAST) {
        return true;
      }
    }
    return false;
  }

  /**
   * The part, 0 to 1, of the columns of a line of text that hold a pixel which differs from the
   * next one by so much.
   */
  double along(Box line, int step) {
    int sharp = 0;
    for (int x = line.x(); x < line.right(); x++) {
      boolean here = false;
      for (int y = line.y(); y < line.bottom() && !here; y++) {
        here = isSharp(x, y, step);
      }
      sharp += here ? 1 : 0;
    }
    return (double) sharp / line.width();
  }

  private boolean isSharp(int x, int y, int step) {
    int at = y * columns + x;
    int value = grey[at] & 0xFF;
    return x + 1 < columns && Math.abs(value - (grey[at + 1] & 0xFF)) >= step
        || y + 1 < rows && Math.abs(value - (grey[at + columns] & 0xFF)) >= step;
  }
}
