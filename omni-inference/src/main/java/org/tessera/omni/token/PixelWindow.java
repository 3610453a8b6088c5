package org.tessera.omni.token;

import java.io.IOException;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * A part of the first frame of a source, as a source of its own.
 *
 * @param source where the pixels come from
 * @param left first column
 * @param top first row
 * @param width columns
 * @param height rows
 */
record PixelWindow(PixelSource source, int left, int top, int width, int height)
    implements PixelSource {

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public int channels() {
    return source.channels();
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    return source.read(
        new PixelRegion(
            1, left + region.x(), top + region.y(), region.width(), region.height()),
        downsample);
  }
}
