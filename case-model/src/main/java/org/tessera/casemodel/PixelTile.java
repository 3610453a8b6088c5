package org.tessera.casemodel;

/**
 * Display-ready pixels of a region.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 (grey) or 3 (RGB)
 * @param samples row by row, interleaved, each 0 (black) to 1 (white); length {@code width * height
 *     * channels}. The array is not copied: the reader owns it.
 */
@SuppressWarnings("ArrayRecordComponent")
public record PixelTile(int width, int height, int channels, float[] samples) {
  public PixelTile {
    if (samples.length != width * height * channels || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "Not a tile: %d x %d x %d with %d samples"
              .formatted(width, height, channels, samples.length));
    }
  }

  /** The luminance (Rec. 601) of a pixel, 0 to 1. */
  public float grey(int x, int y) {
    int at = (y * width + x) * channels;
    return channels == 1
        ? samples[at]
        : 0.299f * samples[at] + 0.587f * samples[at + 1] + 0.114f * samples[at + 2];
  }
}
