package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tessera.validation.bench.Comparison.Sameness;

/**
 * Element counts are equal; decoded values are equal, or two levels apart at most where loss or a
 * colour conversion is in between.
 */
record PixelSameness(List<ReadFile> files) implements Sameness {
  private static final int LEVELS = 2;

  @Override
  public boolean same(int task, String ours, String peers) throws IOException {
    if (task % 2 == 0) {
      return ours.equals(peers);
    }
    ReadFile file = files.get(task / 2);
    byte[] mine = Files.readAllBytes(Path.of(ours));
    byte[] others = Files.readAllBytes(Path.of(peers));
    // A writer pads an odd number of bytes (PS3.5 8.1.1).
    if (others.length != mine.length && others.length != mine.length + (mine.length & 1)) {
      return false;
    }
    int width = file.lossy() && file.valueBytes() == 2 ? 2 : 1;
    int tolerance = file.lossy() ? LEVELS : 0;
    for (int i = 0; i + width <= mine.length; i += width) {
      if (Math.abs(value(mine, i, width) - value(others, i, width)) > tolerance) {
        return false;
      }
    }
    return true;
  }

  private static int value(byte[] bytes, int at, int width) {
    int low = bytes[at] & 0xFF;
    return width == 1 ? low : (short) (low | bytes[at + 1] << 8);
  }
}
