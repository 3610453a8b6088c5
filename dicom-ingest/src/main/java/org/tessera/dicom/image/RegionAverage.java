package org.tessera.dicom.image;

import java.util.Arrays;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;

/**
 * Averages a region down. Every returned pixel is the mean over the part of its square of source
 * pixels that lies inside both the region and the frame, pixels on the edge counted by the share
 * inside; 0 where nothing does.
 */
public final class RegionAverage {
  private final PixelRegion region;
  private final double downsample;
  private final int channels;
  private final int width;
  private final int height;
  private final float[] sums;
  private final float[] weights;

  public RegionAverage(PixelRegion region, double downsample, int channels) {
    if (!(downsample >= 1)) {
      throw new IllegalArgumentException("The downsample is at least 1, not " + downsample);
    }
    this.region = region;
    this.downsample = downsample;
    this.channels = channels;
    this.width = Math.toIntExact((long) Math.ceil(region.width() / downsample));
    this.height = Math.toIntExact((long) Math.ceil(region.height() / downsample));
    this.sums = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    this.weights = new float[width * height];
  }

  /** Adds a whole frame. */
  public void add(DisplayFrame frame) {
    add(frame, 0, 0, frame.width(), frame.height());
  }

  /**
   * Adds a tile of a larger image.
   *
   * @param originX where the tile's left column is
   * @param originY where its top row is
   * @param imageWidth of the whole image: what the last tiles hold beyond it does not count
   * @param imageHeight of the whole image
   */
  public void add(DisplayFrame frame, long originX, long originY, int imageWidth, int imageHeight) {
    double right = Math.min(region.x() + region.width(), imageWidth);
    double bottom = Math.min(region.y() + region.height(), imageHeight);
    int fromX = (int) Math.max(0, Math.floor(region.x() - originX));
    int toX = (int) Math.min(frame.width(), Math.ceil(right - originX));
    int fromY = (int) Math.max(0, Math.floor(region.y() - originY));
    int toY = (int) Math.min(frame.height(), Math.ceil(bottom - originY));
    if (fromX >= toX) {
      return;
    }
    int count = toX - fromX;
    if (addExactly(frame, fromX, toX, fromY, toY, originX, originY)) {
      return;
    }
    Shares across = new Shares(count, originX + fromX - region.x(), region.width(), downsample);
    float[] row = new float[count * channels];
    float[] line = new float[width * channels];
    float[] lineWeights = new float[width];
    across.addWeights(lineWeights);
    for (int y = fromY; y < toY; y++) {
      frame.row(y, fromX, count, row);
      Arrays.fill(line, 0);
      across.add(row, line, channels);
      Shares down = new Shares(1, originY + y - region.y(), region.height(), downsample);
      addLine(line, lineWeights, down.index(0), down.first(0));
      addLine(line, lineWeights, down.index(0) + 1, down.second(0));
    }
  }

  /** Whole pixels at their own size are copied. Tiles do not overlap, so nothing is added up. */
  private boolean addExactly(
      DisplayFrame frame, int fromX, int toX, int fromY, int toY, long originX, long originY) {
    if (downsample != 1
        || region.x() != Math.rint(region.x())
        || region.y() != Math.rint(region.y())
        || region.width() != Math.rint(region.width())
        || region.height() != Math.rint(region.height())) {
      return false;
    }
    int shiftX = (int) (originX - (long) region.x());
    int shiftY = (int) (originY - (long) region.y());
    for (int y = fromY; y < toY; y++) {
      int at = (y + shiftY) * width + fromX + shiftX;
      frame.row(y, fromX, toX - fromX, sums, at * channels);
      Arrays.fill(weights, at, at + toX - fromX, 1);
    }
    return true;
  }

  private void addLine(float[] line, float[] lineWeights, int y, float share) {
    if (share <= 0 || y < 0 || y >= height) {
      return;
    }
    int at = y * width;
    for (int x = 0; x < width; x++) {
      weights[at + x] += share * lineWeights[x];
      for (int c = 0; c < channels; c++) {
        sums[(at + x) * channels + c] += share * line[x * channels + c];
      }
    }
  }

  public PixelTile tile() {
    for (int i = 0; i < weights.length; i++) {
      for (int c = 0; c < channels; c++) {
        int at = i * channels + c;
        sums[at] = weights[i] > 0 ? Math.min(1, sums[at] / weights[i]) : 0;
      }
    }
    return new PixelTile(width, height, channels, sums);
  }

  /** How consecutive source pixels share out over returned pixels, in one dimension. */
  private static final class Shares {
    private final int[] index;
    private final float[] first;
    private final float[] second;

    /**
     * Computes the shares.
     *
     * @param count source pixels
     * @param start where the first of them begins, relative to the region
     * @param extent of the region
     */
    Shares(int count, double start, double extent, double downsample) {
      index = new int[count];
      first = new float[count];
      second = new float[count];
      for (int i = 0; i < count; i++) {
        double low = Math.max(0, start + i);
        double high = Math.min(extent, start + i + 1);
        index[i] = (int) Math.floor(low / downsample);
        double border = (index[i] + 1) * downsample;
        first[i] = (float) Math.max(0, Math.min(high, border) - low);
        second[i] = (float) Math.max(0, high - Math.max(low, border));
      }
    }

    int index(int i) {
      return index[i];
    }

    float first(int i) {
      return first[i];
    }

    float second(int i) {
      return second[i];
    }

    void addWeights(float[] target) {
      for (int i = 0; i < index.length; i++) {
        if (first[i] > 0 && index[i] < target.length) {
          target[index[i]] += first[i];
        }
        if (second[i] > 0 && index[i] + 1 < target.length) {
          target[index[i] + 1] += second[i];
        }
      }
    }

    void add(float[] row, float[] line, int channels) {
      int pixels = line.length / channels;
      for (int i = 0; i < index.length; i++) {
        for (int c = 0; c < channels; c++) {
          float value = row[i * channels + c];
          if (first[i] > 0 && index[i] < pixels) {
            line[index[i] * channels + c] += first[i] * value;
          }
          if (second[i] > 0 && index[i] + 1 < pixels) {
            line[(index[i] + 1) * channels + c] += second[i] * value;
          }
        }
      }
    }
  }
}
