package org.tessera.validation.evaluate;

import java.io.IOException;
import java.util.Arrays;
import org.tessera.casemodel.DerivedPixels;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * A picture of which the border, or all but the border, is filled with mid-grey. The same grey for
 * every picture: a mean of what remains would carry the border into the middle.
 */
final class MaskedPixels implements DerivedPixels {
  /** Share of the width and of the height that counts as border, on each side. */
  static final double FRAME = 0.12;

  private static final float FILL = 0.5f;

  private final PixelSource source;
  private final boolean keepsBorder;

  MaskedPixels(PixelSource source, boolean keepsBorder) {
    this.source = source;
    this.keepsBorder = keepsBorder;
  }

  @Override
  public PixelSource source() {
    return source;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    PixelTile tile = source.read(region, downsample);
    float[] samples = tile.samples().clone();
    for (int y = 0; y < tile.height(); y++) {
      for (int x = 0; x < tile.width(); x++) {
        double sourceX = region.x() + (x + 0.5) * downsample;
        double sourceY = region.y() + (y + 0.5) * downsample;
        if (inside(sourceX, sourceY) && border(sourceX, sourceY) != keepsBorder) {
          int at = (y * tile.width() + x) * tile.channels();
          Arrays.fill(samples, at, at + tile.channels(), FILL);
        }
      }
    }
    return new PixelTile(tile.width(), tile.height(), tile.channels(), samples);
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
