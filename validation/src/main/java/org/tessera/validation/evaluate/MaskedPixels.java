package org.tessera.validation.evaluate;

import java.io.IOException;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * A picture of which the border, or all but the border, is filled with the mean of what remains: a
 * fill that tells nothing of what was removed and keeps the brightness of the picture.
 */
final class MaskedPixels implements PixelSource {
  /** Share of the width and of the height that counts as border, on each side. */
  static final double FRAME = 0.12;

  private static final int COARSE_SIDE = 128;

  private final PixelSource source;
  private final boolean keepsBorder;

  MaskedPixels(PixelSource source, boolean keepsBorder) {
    this.source = source;
    this.keepsBorder = keepsBorder;
  }

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public int frames() {
    return source.frames();
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    PixelTile tile = source.read(region, downsample);
    float[] fill = meanOfRest(region.frame());
    float[] samples = tile.samples().clone();
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < tile.width(); x++) {
        double sourceX = region.x() + (x + 0.5) * downsample;
        double sourceY = region.y() + (y + 0.5) * downsample;
        if (inside(sourceX, sourceY) && border(sourceX, sourceY) != keepsBorder) {
          System.arraycopy(
              fill, 0, samples, (y * tile.width() + x) * tile.channels(), tile.channels());
        }
      }
    }
    return new PixelTile(tile.width(), tile.height(), tile.channels(), samples);
  }

  private float[] meanOfRest(int frame) throws IOException {
    double downsample = Math.max(1, Math.max(width(), height()) / (double) COARSE_SIDE);
    PixelTile tile = source.read(new PixelRegion(frame, 0, 0, width(), height()), downsample);
    double[] sums = new double[channels()];
    int kept = 0;
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < tile.width(); x++) {
        if (border((x + 0.5) * downsample, (y + 0.5) * downsample) == keepsBorder) {
          kept++;
          for (int c = 0; c < sums.length; c++) {
            sums[c] += tile.samples()[(y * tile.width() + x) * sums.length + c];
          }
        }
      }
    }
    float[] mean = new float[sums.length];
    for (int c = 0; c < mean.length; c++) {
      mean[c] = kept == 0 ? 0 : (float) (sums[c] / kept);
    }
    return mean;
  }

  private boolean inside(double x, double y) {
    return x >= 0 && y >= 0 && x < width() && y < height();
  }

  private boolean border(double x, double y) {
    double fromSide = Math.min(x, width() - x) / width();
    double fromTop = Math.min(y, height() - y) / height();
    return Math.min(fromSide, fromTop) < FRAME;
  }
}
