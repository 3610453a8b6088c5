package org.tessera.omni.token;

import org.tessera.casemodel.PixelTile;

/**
 * Where a slide is tissue: coloured and neither white nor black. Glass is white and grey, ink and
 * scanner borders are black.
 */
final class TissueMask {
  private static final float LEAST_SATURATION = 0.08f;
  private static final float BRIGHTEST = 0.92f;
  private static final float DARKEST = 0.10f;

  private final int width;
  private final int height;
  private final int[] sums;

  TissueMask(PixelTile overview) {
    width = overview.width();
    height = overview.height();
    sums = new int[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[at(x + 1, y + 1)] =
            sums[at(x, y + 1)]
                + sums[at(x + 1, y)]
                - sums[at(x, y)]
                + (isTissue(overview, x, y) ? 1 : 0);
      }
    }
  }

  /** Share of a window that is tissue, 0 to 1. */
  double share(int x, int y, int columns, int rows) {
    return (double) count(x, y, columns, rows) / ((double) columns * rows);
  }

  /** Left and top of the window with most tissue; of equals, the one nearest to the centre. */
  int[] best(int columns, int rows) {
    int[] best = {0, 0};
    long bestScore = Long.MIN_VALUE;
    for (int y = 0; y + rows <= height; y++) {
      for (int x = 0; x + columns <= width; x++) {
        long offCentre =
            Math.abs(2L * x + columns - width) + Math.abs(2L * y + rows - height);
        long score = (long) count(x, y, columns, rows) * (4L * (width + height)) - offCentre;
        if (score > bestScore) {
          bestScore = score;
          best = new int[] {x, y};
        }
      }
    }
    return best;
  }

  private int count(int x, int y, int columns, int rows) {
    return sums[at(x + columns, y + rows)]
        - sums[at(x, y + rows)]
        - sums[at(x + columns, y)]
        + sums[at(x, y)];
  }

  private int at(int x, int y) {
    return y * (width + 1) + x;
  }

  private static boolean isTissue(PixelTile tile, int x, int y) {
    float grey = tile.grey(x, y);
    if (grey > BRIGHTEST || grey < DARKEST) {
      return false;
    }
    if (tile.channels() == 1) {
      return true;
    }
    int first = (y * tile.width() + x) * 3;
    float[] samples = tile.samples();
    float most = Math.max(samples[first], Math.max(samples[first + 1], samples[first + 2]));
    float least = Math.min(samples[first], Math.min(samples[first + 1], samples[first + 2]));
    return (most - least) / most > LEAST_SATURATION;
  }
}
