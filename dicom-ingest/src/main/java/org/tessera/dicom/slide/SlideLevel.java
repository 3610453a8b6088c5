package org.tessera.dicom.slide;

import java.io.IOException;
import org.tessera.casemodel.RejectedInputException;

/** One resolution of a slide, cut into tiles of one size. Safe for several threads. */
interface SlideLevel {

  /** Columns of the whole level. */
  int width();

  /** Rows of the whole level. */
  int height();

  /** Columns of a tile; the last ones may reach beyond the level. */
  int tileWidth();

  int tileHeight();

  /** 1 or 3. */
  int channels();

  /** False where the slide has no tile, that is, where it was not scanned. */
  boolean present(int column, int row);

  /**
   * Decodes a tile that is present.
   *
   * @throws RejectedInputException if it cannot be decoded, with one sentence
   */
  SlideTile decode(int column, int row) throws IOException, RejectedInputException;

  /** Tiles in a row. */
  default int across() {
    return Math.ceilDiv(width(), tileWidth());
  }

  /** Rows of tiles. */
  default int down() {
    return Math.ceilDiv(height(), tileHeight());
  }
}
