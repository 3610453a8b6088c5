package org.tessera.casemodel;

/**
 * How the stored pixel matrix has to be turned to stand upright: the eight symmetries of a
 * rectangle, in the order of the Exif Orientation tag (1 to 8).
 *
 * <p>{@code swapsAxes} orientations turn width into height.
 */
public enum Orientation {
  /** Stored upright (Exif 1). */
  UPRIGHT(false, false, false),
  /** Mirrored left to right (Exif 2). */
  MIRRORED(false, true, false),
  /** Turned by 180 degrees (Exif 3). */
  TURNED_180(false, true, true),
  /** Mirrored top to bottom (Exif 4). */
  FLIPPED(false, false, true),
  /** Transposed: rows are columns (Exif 5). */
  TRANSPOSED(true, false, false),
  /** Has to be turned clockwise by 90 degrees to be upright (Exif 6). */
  TURN_CLOCKWISE(true, false, true),
  /** Transposed along the other diagonal (Exif 7). */
  TRANSVERSE(true, true, true),
  /** Has to be turned counter-clockwise by 90 degrees to be upright (Exif 8). */
  TURN_COUNTERCLOCKWISE(true, true, false);

  private final boolean swapsAxes;
  private final boolean mirrorsX;
  private final boolean mirrorsY;

  Orientation(boolean swapsAxes, boolean mirrorsX, boolean mirrorsY) {
    this.swapsAxes = swapsAxes;
    this.mirrorsX = mirrorsX;
    this.mirrorsY = mirrorsY;
  }

  /** True if the upright width is the stored height. */
  public boolean swapsAxes() {
    return swapsAxes;
  }

  /**
   * The stored x of a point of the upright image.
   *
   * @param x upright x, in pixels
   * @param y upright y, in pixels
   * @param storedWidth width of the stored matrix
   */
  public double storedX(double x, double y, double storedWidth) {
    double along = swapsAxes ? y : x;
    return mirrorsX ? storedWidth - along : along;
  }

  /**
   * The stored y of a point of the upright image.
   *
   * @param x upright x, in pixels
   * @param y upright y, in pixels
   * @param storedHeight height of the stored matrix
   */
  public double storedY(double x, double y, double storedHeight) {
    double along = swapsAxes ? x : y;
    return mirrorsY ? storedHeight - along : along;
  }

  /**
   * The orientation of an Exif tag value.
   *
   * @param value 1 to 8; anything else counts as 1, as Exif readers do
   */
  public static Orientation ofExif(int value) {
    return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
  }
}
