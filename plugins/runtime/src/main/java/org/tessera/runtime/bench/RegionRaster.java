package org.tessera.runtime.bench;

import java.util.BitSet;
import java.util.List;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

/**
 * Regions of one evidence as sets of cells, so that unions and overlaps can be counted: 256 x 256
 * cells of a picture, 1,000 of a note or a recording. A box holds the cells whose centres it holds.
 *
 * @param width of the evidence: pixels, code points or seconds
 * @param height pixels; 1 where there is no such thing
 * @param columns cells along the width
 * @param rows cells along the height
 */
record RegionRaster(double width, double height, int columns, int rows) {
  private static final int SIDE = 256;
  private static final int LINE = 1000;

  /** A box in the evidence's own units; one of a note or a recording is 1 high. */
  record Box(double x, double y, double width, double height) {
    static Box of(EvidenceRegion region) {
      return switch (region) {
        case PixelRegion each -> new Box(each.x(), each.y(), each.width(), each.height());
        case SlideRegion each -> new Box(each.x(), each.y(), each.width(), each.height());
        case TextSpan each -> new Box(each.start(), 0, each.end() - each.start(), 1);
        case TimeInterval each -> new Box(each.start(), 0, each.end() - each.start(), 1);
        case RecordEntry _ -> throw new IllegalArgumentException("A record has no extent.");
      };
    }

    boolean contains(double px, double py) {
      return px >= x && px < x + width && py >= y && py < y + height;
    }
  }

  /** A raster over all regions of an evidence that tokens cover. */
  static RegionRaster over(List<Box> tokens) {
    double width = tokens.stream().mapToDouble(box -> box.x() + box.width()).max().orElse(1);
    double height = tokens.stream().mapToDouble(box -> box.y() + box.height()).max().orElse(1);
    boolean line = tokens.stream().allMatch(box -> box.y() == 0 && box.height() == 1);
    return new RegionRaster(width, height, line ? LINE : SIDE, line ? 1 : SIDE);
  }

  BitSet cells(List<Box> boxes) {
    BitSet cells = new BitSet(columns * rows);
    for (int row = 0; row < rows; row++) {
      double y = (row + 0.5) * height / rows;
      for (int column = 0; column < columns; column++) {
        double x = (column + 0.5) * width / columns;
        if (boxes.stream().anyMatch(box -> box.contains(x, y))) {
          cells.set(row * columns + column);
        }
      }
    }
    return cells;
  }

  /** Intersection over union; 0 if both are empty. */
  static double overlap(BitSet some, BitSet others) {
    BitSet both = (BitSet) some.clone();
    both.and(others);
    BitSet either = (BitSet) some.clone();
    either.or(others);
    return either.isEmpty() ? 0 : (double) both.cardinality() / either.cardinality();
  }
}
