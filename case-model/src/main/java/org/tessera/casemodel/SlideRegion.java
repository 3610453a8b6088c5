package org.tessera.casemodel;

/**
 * A rectangle of level 0 pixels of a slide: origin top left, half open.
 *
 * @param x left edge, {@code >= 0}
 * @param y top edge, {@code >= 0}
 * @param width {@code > 0}
 * @param height {@code > 0}
 */
public record SlideRegion(double x, double y, double width, double height)
    implements EvidenceRegion {
  public SlideRegion {
    if (!(x >= 0) || !(y >= 0) || !(width > 0) || !(height > 0)) {
      throw new IllegalArgumentException(
          "Not a slide region: %s, %s, %s x %s".formatted(x, y, width, height));
    }
  }
}
