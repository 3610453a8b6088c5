package org.tessera.validation.phantom;

import java.util.List;
import org.tessera.casemodel.PixelRegion;

/**
 * A drawn tile of stained tissue.
 *
 * @param rgb one packed sample per pixel, row by row; not copied
 * @param side width and height
 * @param nests boxes of the atypical nests
 */
@SuppressWarnings("ArrayRecordComponent")
public record PhantomTissue(int[] rgb, int side, List<PixelRegion> nests) {
  public PhantomTissue {
    nests = List.copyOf(nests);
    if (rgb.length != side * side) {
      throw new IllegalArgumentException("Not a tile: " + rgb.length + " samples, side " + side);
    }
  }
}
