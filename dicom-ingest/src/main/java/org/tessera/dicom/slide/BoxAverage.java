package org.tessera.dicom.slide;

import java.util.Arrays;
import org.tessera.casemodel.PixelTile;

/**
 * Averages part of a level down. Every returned pixel is the mean over the part of its rectangle of
 * level pixels that lies inside both the region and the level, pixels on the edge counted by the
 * share inside; 0 where nothing does.
 */
final class BoxAverage {

  /**
   * One direction of the region, in pixels of the level.
   *
   * @param start where the region begins
   * @param extent its length
   * @param step level pixels per returned pixel
   * @param count returned pixels
   * @param limit length of the level
   */
  record Axis(double start, double extent, double step, int count, int limit) {
    double low(int i) {
      return Math.clamp(start + i * step, 0, limit);
    }

    double high(int i) {
      return Math.clamp(start + Math.min(extent, (i + 1) * step), 0, limit);
    }

    /** The first returned pixel that a level pixel can touch. */
    int first(int at) {
      return (int) Math.clamp(Math.floor((at - start) / step) - 1, 0, count);
    }

    /** Behind the last one. */
    int end(int at) {
      return (int) Math.clamp(Math.ceil((at - start) / step) + 1, 0, count);
    }

    /** The first level pixel of the region. */
    int from() {
      return (int) Math.floor(low(0));
    }

    /** Behind the last one. */
    int to() {
      return (int) Math.ceil(high(count - 1));
    }

    boolean isAligned() {
      return step == 1 && start == Math.rint(start) && extent == Math.rint(extent);
    }
  }

  private final Axis across;
  private final Axis down;
  private final int channels;
  private final float[] sums;

  BoxAverage(Axis across, Axis down, int channels) {
    this.across = across;
    this.down = down;
    this.channels = channels;
    this.sums =
        new float[Math.multiplyExact(Math.multiplyExact(across.count, down.count), channels)];
  }

  /**
   * Adds a tile.
   *
   * @param left level column of its left edge
   * @param top level row of its top edge
   */
  void add(SlideTile tile, int left, int top) {
    add(tile.samples(), tile.width() * channels, tile.width(), tile.height(), left, top);
  }

  /** Adds a tile of one value. */
  void add(int value, int width, int height, int left, int top) {
    byte[] row = new byte[width * channels];
    Arrays.fill(row, (byte) value);
    add(row, 0, width, height, left, top);
  }

  private void add(byte[] samples, int stride, int width, int height, int left, int top) {
    int first = across.first(left);
    int count = across.end(left + width) - first;
    if (count <= 0) {
      return;
    }
    Spans spans = new Spans(across, first, count, left, width);
    float[] line = new float[count * channels];
    int endY = Math.min(height, down.to() - top);
    for (int y = Math.max(0, down.from() - top); y < endY; y++) {
      spans.sum(samples, y * stride, channels, line);
      for (int j = down.first(top + y); j < down.end(top + y + 1); j++) {
        double share = Math.min(down.high(j), top + y + 1) - Math.max(down.low(j), top + y);
        if (share > 0) {
          add(line, (float) share, (j * across.count + first) * channels);
        }
      }
    }
  }

  private void add(float[] line, float share, int at) {
    for (int i = 0; i < line.length; i++) {
      sums[at + i] += share * line[i];
    }
  }

  PixelTile tile() {
    for (int j = 0; j < down.count; j++) {
      double height = down.high(j) - down.low(j);
      for (int i = 0; i < across.count; i++) {
        double area = height * (across.high(i) - across.low(i)) * 255;
        float scale = area > 0 ? (float) (1 / area) : 0;
        int at = (j * across.count + i) * channels;
        for (int c = 0; c < channels; c++) {
          sums[at + c] = Math.min(1, sums[at + c] * scale);
        }
      }
    }
    return new PixelTile(across.count, down.count, channels, sums);
  }

  /** Which pixels of a tile's row make up which returned pixels. */
  private static final class Spans {
    private final int[] from;
    private final int[] to;
    private final float[] firstShare;
    private final float[] lastShare;

    Spans(Axis axis, int first, int count, int left, int width) {
      from = new int[count];
      to = new int[count];
      firstShare = new float[count];
      lastShare = new float[count];
      for (int i = 0; i < count; i++) {
        double low = Math.max(0, axis.low(first + i) - left);
        double high = Math.min(width, axis.high(first + i) - left);
        if (high > low) {
          from[i] = (int) low;
          to[i] = (int) Math.ceil(high);
          firstShare[i] = (float) (Math.min(high, from[i] + 1) - low);
          lastShare[i] = (float) (high - (to[i] - 1));
        }
      }
    }

    void sum(byte[] samples, int at, int channels, float[] line) {
      for (int i = 0; i < from.length; i++) {
        int last = to[i] - 1;
        for (int c = 0; c < channels; c++) {
          float sum = 0;
          if (last >= from[i]) {
            int p = at + from[i] * channels + c;
            sum = firstShare[i] * (samples[p] & 0xFF);
            if (last > from[i]) {
              int whole = 0;
              int end = at + last * channels + c;
              for (p += channels; p < end; p += channels) {
                whole += samples[p] & 0xFF;
              }
              sum += whole + lastShare[i] * (samples[end] & 0xFF);
            }
          }
          line[i * channels + c] = sum;
        }
      }
    }
  }
}
