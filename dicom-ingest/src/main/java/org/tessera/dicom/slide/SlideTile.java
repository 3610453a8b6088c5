package org.tessera.dicom.slide;

/**
 * A decoded tile.
 *
 * @param width columns
 * @param height rows
 * @param channels 1 (grey) or 3 (RGB)
 * @param samples 8 bits each, row by row, interleaved; not copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
record SlideTile(int width, int height, int channels, byte[] samples) {
  SlideTile {
    if (samples.length != width * height * channels) {
      throw new IllegalArgumentException("The samples do not fill the tile.");
    }
  }

  /** What it takes in a cache. */
  long bytes() {
    return samples.length + 64L;
  }
}
