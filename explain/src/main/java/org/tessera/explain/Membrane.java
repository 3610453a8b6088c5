package org.tessera.explain;

import org.tessera.casemodel.PixelTile;

/**
 * Fills a hole as a membrane fixed at its rim: the solution of Laplace's equation, which is as
 * smooth as the rim allows and nowhere darker or brighter than it. Beyond the edge of the tile the
 * membrane is free. It draws nothing that was not there; it shows no texture either.
 */
final class Membrane {
  private static final int MAX_SWEEPS = 400;
  private static final float STILL = 1e-5f;

  /** Rows that are relaxed together. */
  private static final int ROWS = 8;

  private Membrane() {}

  /**
   * Fills.
   *
   * @param tile any number of channels; not changed
   * @param open (height, width) true where it is to be filled
   * @return the filled tile; black where nothing at all is around the hole
   */
  static PixelTile fill(PixelTile tile, boolean[] open) {
    int channels = tile.channels();
    float[] filled = tile.samples().clone();
    for (int channel = 0; channel < channels; channel++) {
      float[] plane = new float[open.length];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = filled[i * channels + channel];
      }
      relax(plane, open, tile.width(), tile.height());
      for (int i = 0; i < plane.length; i++) {
        filled[i * channels + channel] = plane[i];
      }
    }
    return new PixelTile(tile.width(), tile.height(), channels, filled);
  }

  /** Successive over-relaxation with the factor that is best for a square hole. */
  private static void relax(float[] plane, boolean[] open, int width, int height) {
    float mean = rim(plane, open);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = open[i] ? mean : plane[i];
    }
    float factor = (float) (2 / (1 + Math.sin(Math.PI / Math.max(width, height))));
    float moved = 1;
    for (int sweep = 0; sweep < MAX_SWEEPS && moved > STILL; sweep++) {
      moved = 0;
      for (int top = 0; top < height; top += ROWS) {
        moved = Math.max(moved, sweep(plane, open, width, height, top, factor));
      }
    }
  }

  /**
   * Relaxes a few rows, each one cell behind the row above it. Every cell finds its neighbours as
   * it would row after row, and the processor works on all rows at once: a cell waits for the one
   * to its left alone.
   *
   * @return the largest move
   */
  private static float sweep(
      float[] plane, boolean[] open, int width, int height, int top, float factor) {
    int rows = Math.min(ROWS, height - top);
    float moved = 0;
    for (int front = 0; front < width + rows - 1; front++) {
      int last = Math.min(rows - 1, front);
      for (int row = Math.max(0, front - width + 1); row <= last; row++) {
        int x = front - row;
        int y = top + row;
        int at = y * width + x;
        if (open[at]) {
          float step = factor * (around(plane, x, y, width, height) - plane[at]);
          plane[at] += step;
          if (Math.abs(step) > moved) {
            moved = Math.abs(step);
          }
        }
      }
    }
    return moved;
  }

  private static float around(float[] plane, int x, int y, int width, int height) {
    int at = y * width + x;
    if (x > 0 && x < width - 1 && y > 0 && y < height - 1) {
      return (plane[at - 1] + plane[at + 1] + plane[at - width] + plane[at + width]) * 0.25f;
    }
    float sum = 0;
    int n = 0;
    if (x > 0) {
      sum += plane[at - 1];
      n++;
    }
    if (x < width - 1) {
      sum += plane[at + 1];
      n++;
    }
    if (y > 0) {
      sum += plane[at - width];
      n++;
    }
    if (y < height - 1) {
      sum += plane[at + width];
      n++;
    }
    return n == 0 ? plane[at] : sum / n;
  }

  private static float rim(float[] plane, boolean[] open) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < plane.length; i++) {
      if (!open[i]) {
        sum += plane[i];
        n++;
      }
    }
    return n == 0 ? 0 : (float) (sum / n);
  }
}
