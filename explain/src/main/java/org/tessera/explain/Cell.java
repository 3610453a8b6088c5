package org.tessera.explain;

import java.util.List;
import org.tessera.casemodel.PixelRegion;
import org.tessera.omni.token.Token;

/**
 * A place in the upright grid of patches of one evidence.
 *
 * @param frame from 1
 * @param y row
 * @param x column
 */
record Cell(int frame, int y, int x) {
  static Cell of(Token token) {
    int frame = token.region() instanceof PixelRegion pixels ? pixels.frame() : 1;
    return new Cell(
        frame, (int) Math.round(token.position().y()), (int) Math.round(token.position().x()));
  }

  List<Cell> neighbours() {
    return List.of(
        new Cell(frame, y - 1, x),
        new Cell(frame, y + 1, x),
        new Cell(frame, y, x - 1),
        new Cell(frame, y, x + 1));
  }
}
