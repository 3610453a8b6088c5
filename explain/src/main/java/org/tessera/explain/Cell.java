package org.tessera.explain;

import java.util.List;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.Token;

/**
 * A place in the upright grid of patches of one evidence.
 *
 * @param frame from 1; of a slide, which of its tiles
 * @param y row
 * @param x column
 */
record Cell(int frame, int y, int x) {
  static Cell of(Token token) {
    int y = (int) Math.round(token.position().y());
    int x = (int) Math.round(token.position().x());
    return switch (token.region()) {
      case PixelRegion pixels -> new Cell(pixels.frame(), y, x);
      case SlideRegion _ -> new Cell(1 + y / SlideSegment.GRID, y % SlideSegment.GRID, x);
      case TextSpan _, TimeInterval _, RecordEntry _ -> new Cell(1, y, x);
    };
  }

  List<Cell> neighbours() {
    return List.of(
        new Cell(frame, y - 1, x),
        new Cell(frame, y + 1, x),
        new Cell(frame, y, x - 1),
        new Cell(frame, y, x + 1));
  }
}
