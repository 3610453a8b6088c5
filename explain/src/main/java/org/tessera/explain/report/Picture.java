package org.tessera.explain.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * A frame as a person wants to see it: upright and small.
 *
 * @param image grey or RGB, at most {@link #LONG_SIDE} pixels along an edge
 * @param orientation how the stored frame was turned
 * @param storedWidth columns of the stored frame
 * @param storedHeight rows of the stored frame
 */
record Picture(BufferedImage image, Orientation orientation, int storedWidth, int storedHeight) {
  /** Pixels along the longer edge, at most. */
  static final int LONG_SIDE = 1024;

  /** Reads a frame, averaged down; only as many pixels as are shown are ever held. */
  static Picture read(PixelSource pixels, Orientation orientation, int frame) throws IOException {
    return read(pixels, orientation, frame, LONG_SIDE);
  }

  /** The same, with another bound on the longer edge. */
  static Picture read(PixelSource pixels, Orientation orientation, int frame, int longSide)
      throws IOException {
    int longest = Math.max(pixels.width(), pixels.height());
    double downsample = Math.max(1, longest / (double) longSide);
    PixelRegion whole = new PixelRegion(frame, 0, 0, pixels.width(), pixels.height());
    PixelTile tile = pixels.read(whole, downsample);
    return of(tile, orientation, pixels.width(), pixels.height());
  }

  /**
   * A tile turned upright.
   *
   * @param width of the tile in stored pixels, which {@link #area} counts in
   * @param height the same
   */
  static Picture of(PixelTile tile, Orientation orientation, int width, int height) {
    return new Picture(upright(tile, orientation), orientation, width, height);
  }

  private static BufferedImage upright(PixelTile tile, Orientation orientation) {
    int width = orientation.swapsAxes() ? tile.height() : tile.width();
    int height = orientation.swapsAxes() ? tile.width() : tile.height();
    boolean grey = tile.channels() == 1;
    int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int storedX = (int) orientation.storedX(x + 0.5, y + 0.5, tile.width());
        int storedY = (int) orientation.storedY(x + 0.5, y + 0.5, tile.height());
        int at = (storedY * tile.width() + storedX) * tile.channels();
        if (grey) {
          // setRGB would pass through a colour conversion that changes grey values.
          image.getRaster().setSample(x, y, 0, level(tile.samples()[at]));
        } else {
          image.setRGB(x, y, rgb(tile.samples(), at));
        }
      }
    }
    return image;
  }

  private static int rgb(float[] samples, int at) {
    return level(samples[at]) << 16 | level(samples[at + 1]) << 8 | level(samples[at + 2]);
  }

  private static int level(float sample) {
    return Math.clamp(Math.round(sample * 255), 0, 255);
  }

  /** Where a rectangle of stored pixels is in the upright picture. */
  Area area(double x, double y, double width, double height) {
    double left = Math.clamp(x / storedWidth, 0, 1);
    double right = Math.clamp((x + width) / storedWidth, 0, 1);
    double top = Math.clamp(y / storedHeight, 0, 1);
    double bottom = Math.clamp((y + height) / storedHeight, 0, 1);
    double[] a = toUpright(left, top);
    double[] b = toUpright(right, bottom);
    return new Area(
        Math.min(a[0], b[0]),
        Math.min(a[1], b[1]),
        Math.abs(a[0] - b[0]),
        Math.abs(a[1] - b[1]));
  }

  /** Inverse of {@link Orientation#storedX} and {@link Orientation#storedY} on a unit square. */
  private double[] toUpright(double storedX, double storedY) {
    Orientation back =
        switch (orientation) {
          case TURN_CLOCKWISE -> Orientation.TURN_COUNTERCLOCKWISE;
          case TURN_COUNTERCLOCKWISE -> Orientation.TURN_CLOCKWISE;
          case UPRIGHT, MIRRORED, TURNED_180, FLIPPED, TRANSPOSED, TRANSVERSE -> orientation;
        };
    return new double[] {back.storedX(storedX, storedY, 1), back.storedY(storedX, storedY, 1)};
  }

  /**
   * A part of the upright picture, as fractions of its width and height.
   *
   * @param x left edge, 0 to 1
   * @param y top edge, 0 to 1
   * @param width 0 to 1
   * @param height 0 to 1
   */
  record Area(double x, double y, double width, double height) {
    /** In words: {@code the lower left}, {@code the centre}. */
    String words() {
      int column = Math.clamp((int) ((x + width / 2) * 3), 0, 2);
      int row = Math.clamp((int) ((y + height / 2) * 3), 0, 2);
      String vertical = new String[] {"upper ", "", "lower "}[row];
      String horizontal = new String[] {"left", "centre", "right"}[column];
      if (row == 1 && column != 1) {
        return "the middle of the " + horizontal;
      }
      return "the " + vertical + horizontal;
    }
  }
}
