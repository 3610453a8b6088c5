package org.tessera.explain;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tessera.casemodel.DerivedPixels;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * Moving pictures in which some frames are gone: the nearest frame that stays, the earlier one of
 * two, is held in their place. Without a frame that stays all are black.
 */
final class HeldFrames implements DerivedPixels {
  private final PixelSource source;
  private final Set<Integer> gone;

  /**
   * @param source the frames
   * @param gone any region of a frame takes the whole frame
   */
  HeldFrames(PixelSource source, List<PixelRegion> gone) {
    this.source = source;
    this.gone = gone.stream().map(PixelRegion::frame).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public PixelSource source() {
    return source;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    for (int away = 0; away < frames(); away++) {
      for (int frame : new int[] {region.frame() - away, region.frame() + away}) {
        if (frame >= 1 && frame <= frames() && !gone.contains(frame)) {
          return source.read(
              new PixelRegion(frame, region.x(), region.y(), region.width(), region.height()),
              downsample);
        }
      }
    }
    int columns = (int) Math.ceil(region.width() / downsample);
    int rows = (int) Math.ceil(region.height() / downsample);
    return new PixelTile(columns, rows, channels(), new float[columns * rows * channels()]);
  }
}
