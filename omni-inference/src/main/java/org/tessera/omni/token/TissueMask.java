package org.tessera.omni.token;

import java.util.Arrays;
import org.tessera.casemodel.PixelTile;

/**
 * Where a slide is tissue: stained, that is coloured, with the colours that stains have.
 *
 * <p>How colourful a pixel has to be is found by Otsu's method (IEEE Trans. SMC 9, 1979) over the
 * pixels that are neither black nor pure white, within bounds that keep a slide of nothing but
 * tissue, or of nothing but glass, from being split. Blue and green ink, and anything as vivid as
 * ink is, are no tissue; nor are black borders. Small holes are closed and specks dropped. Of grey
 * images, everything between black and white is tissue.
 */
public final class TissueMask {
  private static final float BRIGHTEST = 0.92f;
  private static final float DARKEST = 0.10f;
  private static final double LEAST_CHROMA = 0.03;
  private static final double MOST_CHROMA = 0.12;
  private static final float MOST_SATURATION = 0.78f;

  /** Counterstain is a pale blue; ink with less red than green is greener, or more vivid. */
  private static final float INK_COLDNESS = 0.08f;

  private static final float COLD_SATURATION = 0.5f;
  private static final int BINS = 256;

  /** Mask pixels of a hole that is closed, at most; and of a speck that is dropped, at most. */
  private static final int SMALL_HOLE = 16;

  private static final int SPECK = 3;

  /** Masks shorter than this are of tiles: what is small there is not small. */
  private static final int LEAST_CLEANED = 64;

  private final int width;
  private final int height;
  private final int[] sums;

  /** The mask of an overview: RGB or grey, any size. */
  public TissueMask(PixelTile overview) {
    width = overview.width();
    height = overview.height();
    boolean[] tissue = tissue(overview);
    if (Math.min(width, height) >= LEAST_CLEANED) {
      flip(tissue, false, SMALL_HOLE);
      flip(tissue, true, SPECK);
    }
    sums = new int[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        sums[at(x + 1, y + 1)] =
            sums[at(x, y + 1)]
                + sums[at(x + 1, y)]
                - sums[at(x, y)]
                + (tissue[y * width + x] ? 1 : 0);
      }
    }
  }

  /** Columns, as the overview has. */
  public int width() {
    return width;
  }

  /** Rows, as the overview has. */
  public int height() {
    return height;
  }

  /** True if a pixel of the mask is tissue. */
  public boolean isTissue(int x, int y) {
    return count(x, y, 1, 1) > 0;
  }

  /**
   * Share of a window that is tissue, 0 to 1.
   *
   * @param x first column, inside the mask
   * @param y first row, inside the mask
   * @param columns at least 1, up to the edge
   * @param rows at least 1, up to the edge
   */
  public double share(int x, int y, int columns, int rows) {
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

  private static boolean[] tissue(PixelTile tile) {
    int pixels = tile.width() * tile.height();
    boolean[] tissue = new boolean[pixels];
    float least = tile.channels() == 1 ? 0 : (float) threshold(tile);
    for (int i = 0; i < pixels; i++) {
      float grey = tile.grey(i % tile.width(), i / tile.width());
      tissue[i] =
          grey <= BRIGHTEST
              && grey >= DARKEST
              && (tile.channels() == 1 || isStained(tile.samples(), 3 * i, least));
    }
    return tissue;
  }

  /** Haematoxylin, eosin, DAB and their like; ink is colder, or more vivid. */
  private static boolean isStained(float[] samples, int at, float leastChroma) {
    float red = samples[at];
    float green = samples[at + 1];
    float blue = samples[at + 2];
    float most = Math.max(red, Math.max(green, blue));
    float chroma = most - Math.min(red, Math.min(green, blue));
    float saturation = chroma / most;
    boolean cold = green - red > INK_COLDNESS || (green > red && saturation > COLD_SATURATION);
    return chroma > leastChroma && saturation < MOST_SATURATION && !cold;
  }

  /** Otsu's threshold of chroma (the largest channel less the smallest), within bounds. */
  private static double threshold(PixelTile tile) {
    long[] histogram = new long[BINS];
    float[] samples = tile.samples();
    for (int i = 0; i + 2 < samples.length; i += 3) {
      float most = Math.max(samples[i], Math.max(samples[i + 1], samples[i + 2]));
      float least = Math.min(samples[i], Math.min(samples[i + 1], samples[i + 2]));
      if (most > DARKEST) {
        histogram[Math.clamp((long) ((most - least) * BINS), 0, BINS - 1)]++;
      }
    }
    return Math.clamp((otsu(histogram) + 1.0) / BINS, LEAST_CHROMA, MOST_CHROMA);
  }

  /** The last bin of the lower class. */
  private static int otsu(long[] histogram) {
    double all = 0;
    double mass = 0;
    for (int i = 0; i < BINS; i++) {
      all += histogram[i];
      mass += (double) i * histogram[i];
    }
    double below = 0;
    double massBelow = 0;
    double best = -1;
    int threshold = 0;
    for (int i = 0; i < BINS - 1; i++) {
      below += histogram[i];
      massBelow += (double) i * histogram[i];
      double above = all - below;
      if (below > 0 && above > 0) {
        double apart = massBelow / below - (mass - massBelow) / above;
        double between = below * above * apart * apart;
        if (between > best) {
          best = between;
          threshold = i;
        }
      }
    }
    return threshold;
  }

  /** Turns the connected parts of one kind that have few pixels, and touch no edge, around. */
  private void flip(boolean[] tissue, boolean kind, int most) {
    boolean[] seen = new boolean[tissue.length];
    int[] queue = new int[tissue.length];
    for (int start = 0; start < tissue.length; start++) {
      if (!seen[start] && tissue[start] == kind) {
        int end = component(tissue, kind, start, seen, queue);
        if (end <= most && Arrays.stream(queue, 0, end).noneMatch(this::isAtEdge)) {
          for (int i = 0; i < end; i++) {
            tissue[queue[i]] = !kind;
          }
        }
      }
    }
  }

  /** Fills the queue with the connected part around a pixel; gives its size. */
  private int component(
      boolean[] tissue, boolean kind, int start, boolean[] seen, int[] queue) {
    int end = 0;
    queue[end++] = start;
    seen[start] = true;
    for (int next = 0; next < end; next++) {
      int x = queue[next] % width;
      int[] around = {
        x > 0 ? queue[next] - 1 : -1,
        x < width - 1 ? queue[next] + 1 : -1,
        queue[next] - width,
        queue[next] + width
      };
      for (int near : around) {
        if (near >= 0 && near < tissue.length && !seen[near] && tissue[near] == kind) {
          seen[near] = true;
          queue[end++] = near;
        }
      }
    }
    return end;
  }

  private boolean isAtEdge(int pixel) {
    int x = pixel % width;
    int y = pixel / width;
    return x == 0 || y == 0 || x == width - 1 || y == height - 1;
  }
}
