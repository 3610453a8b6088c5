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
   * The part, 0 to 1, of the columns of a line of text (of its rows, if it stands upright) that
   * hold a pixel which differs from the next one by so much.
   */
  double along(Box line, int step) {
    boolean across = line.width() >= line.height();
    int length = across ? line.width() : line.height();
    int depth = across ? line.height() : line.width();
    int sharp = 0;
    for (int i = 0; i < length; i++) {
      boolean here = false;
      for (int j = 0; j < depth && !here; j++) {
        here = isSharp(line.x() + (across ? i : j), line.y() + (across ? j : i), step);
      }
      sharp += here ? 1 : 0;
    }
    return (double) sharp / length;
  }

  private boolean isSharp(int x, int y, int step) {
    int at = y * columns + x;
    int value = grey[at] & 0xFF;
    return x + 1 < columns && Math.abs(value - (grey[at + 1] & 0xFF)) >= step
        || y + 1 < rows && Math.abs(value - (grey[at + columns] & 0xFF)) >= step;
  }
}
