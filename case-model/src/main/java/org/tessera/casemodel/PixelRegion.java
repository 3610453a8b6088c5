package org.tessera.casemodel;

/**
 * A rectangle of source pixels: origin top left, half open, as stored in the file (before any
 * orientation, resizing or letterboxing).
 *
 * @param frame frame number, from 1
 * @param x left edge, in pixels, {@code >= 0}
 * @param y top edge, in pixels, {@code >= 0}
 * @param width in pixels, {@code > 0}
 * @param height in pixels, {@code > 0}
 */
public record PixelRegion(int frame, double x, double y, double width, double height)
    implements EvidenceRegion {
  public PixelRegion {
    if (frame < 1 || !(x >= 0) || !(y >= 0) || !(width > 0) || !(height > 0)) {
      throw new IllegalArgumentException(
          "Not a pixel region: frame %d, %s, %s, %s x %s".formatted(frame, x, y, width, height));
    }
  }

  /** True if the point (in source pixels) lies inside; the right and bottom edges are outside. */
  public boolean contains(double px, double py) {
    return px >= x && py >= y && px < x + width && py < y + height;
  }
}
