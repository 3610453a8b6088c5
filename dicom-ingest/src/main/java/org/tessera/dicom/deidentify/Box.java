package org.tessera.dicom.deidentify;

import java.util.ArrayList;
import java.util.List;

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

  /** The smallest box around this one and another. */
  Box with(Box other) {
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    return new Box(
        left,
        top,
        Math.max(right(), other.right()) - left,
        Math.max(bottom(), other.bottom()) - top);
  }

  /** Where it is when a picture of so many rows is turned to the right by a quarter. */
  Box turned(int rows) {
    return new Box(rows - bottom(), x, height, width);
  }

  /** Where it was before such a turn. */
  Box turnedBack(int rows) {
    return new Box(y, rows - right(), height, width);
  }

  boolean meets(Box other) {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }

  /** Boxes of at most this side, alike in size, that cover this one and overlap by so much. */
  List<Box> tiles(int side, int overlap) {
    List<Box> tiles = new ArrayList<>();
    int down = parts(height, side, overlap);
    int along = parts(width, side, overlap);
    int high = (height + (down - 1) * overlap + down - 1) / down;
    int wide = (width + (along - 1) * overlap + along - 1) / along;
    for (int i = 0; i < down; i++) {
      int top = y + i * (high - overlap);
      for (int j = 0; j < along; j++) {
        int left = x + j * (wide - overlap);
        tiles.add(
            new Box(left, top, Math.min(wide, right() - left), Math.min(high, bottom() - top)));
      }
    }
    return tiles;
  }

  private static int parts(int length, int side, int overlap) {
    return Math.max(1, Math.ceilDiv(length - overlap, side - overlap));
  }

  int right() {
    return x + width;
  }

  int bottom() {
    return y + height;
  }
}
