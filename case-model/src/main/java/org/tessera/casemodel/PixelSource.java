package org.tessera.casemodel;

import java.io.IOException;

/**
 * Pixels asked for by frame, region and downsample, never "the whole image".
 *
 * <p>Samples are display-ready: modality and VOI transformations applied, MONOCHROME1 turned, so
 * that more is brighter. Coordinates are source pixels, origin top left. Implementations are safe
 * for use by several threads.
 */
public interface PixelSource {

  /** Columns of a frame, in source pixels. */
  int width();

  /** Rows of a frame, in source pixels. */
  int height();

  /** Number of frames, at least 1. */
  int frames();

  /** 1 for grey, 3 for RGB. */
  int channels();

  /**
   * Reads a region, averaged down.
   *
   * @param region the region; what lies outside the frame is returned as 0
   * @param downsample source pixels per returned pixel, {@code >= 1}; the tile is {@code
   *     ceil(width / downsample)} by {@code ceil(height / downsample)}
   * @throws IOException if the content cannot be decoded
   */
  PixelTile read(PixelRegion region, double downsample) throws IOException;

  /** The whole of a frame at full resolution. */
  default PixelTile readFrame(int frame) throws IOException {
    return read(new PixelRegion(frame, 0, 0, width(), height()), 1);
  }
}
