package org.tessera.dicom.deidentify;

/**
 * A rectangle of pixels.
 *
 * @param x left column, from 0
 * @param y top row, from 0
 * @param width columns
 * @param height rows
 */
record Box(int x, int y, int width, int height) {

  /** This box with a margin, cut at the edges of the image. */
  Box grown(int sideways, int upDown, int columns, int rows) {
    int left = Math.max(0, x - sideways);
    int top = Math.max(0, y - upDown);
    int right = Math.min(columns, x + width + sideways);
    int bottom = Math.min(rows, y + height + upDown);
    return new Box(left, top, right - left, bottom - top);
  }

  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }

  double middle() {
    return y + height / 2.0;
  }
}
