package org.tessera.dicom.image;

import java.util.Optional;
import org.tessera.dicom.Bytes;

/**
 * A palette of segments (PS3.3 C.7.9.2), expanded: discrete segments list their entries, linear
 * ones lead from the entry before to a new one, indirect ones repeat earlier segments.
 */
final class SegmentedPalette {
  private static final int DISCRETE = 0;
  private static final int LINEAR = 1;
  private static final int INDIRECT = 2;

  private final Bytes data;
  private final int width;
  private final int[] entries;
  private int filled;

  private SegmentedPalette(Bytes data, int width, int count) {
    this.data = data;
    this.width = width;
    this.entries = new int[count];
  }

  /**
   * Expands segments to exactly so many entries.
   *
   * @param bits of an entry and of all other numbers of a segment, 8 or 16
   * @return empty if the segments give fewer entries, or make no sense
   */
  static Optional<int[]> expanded(Bytes data, int bits, int count) {
    SegmentedPalette palette = new SegmentedPalette(data, bits == 8 ? 1 : 2, count);
    return palette.expand(0, Integer.MAX_VALUE, true) && palette.filled == count
        ? Optional.of(palette.entries)
        : Optional.empty();
  }

  private int number(long at) {
    return width == 1 ? data.unsignedByte(at) : data.word(at) & 0xFFFF;
  }

  /** An indirect segment may not point at another one, so this goes two levels deep at most. */
  private boolean expand(long from, int segments, boolean indirectAllowed) {
    long at = from;
    for (int i = 0; i < segments && filled < entries.length; i++) {
      if (at < 0 || at > data.length() - 3L * width) {
        return false;
      }
      int kind = number(at);
      int length = number(at + width);
      at += 2L * width;
      boolean good =
          switch (kind) {
            case DISCRETE -> discrete(at, length);
            case LINEAR -> linear(number(at), length);
            case INDIRECT -> indirectAllowed && indirect(at, length);
            default -> false;
          };
      if (!good) {
        return false;
      }
      at += kind == DISCRETE ? (long) length * width : kind == LINEAR ? width : 4;
    }
    return true;
  }

  private boolean discrete(long at, int length) {
    if (length > entries.length - filled || at > data.length() - (long) length * width) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      entries[filled++] = number(at + (long) i * width);
    }
    return true;
  }

  private boolean linear(int end, int length) {
    if (filled == 0 || length > entries.length - filled) {
      return false;
    }
    int start = entries[filled - 1];
    for (int i = 1; i <= length; i++) {
      entries[filled++] = (int) Math.rint(start + (double) (end - start) * i / length);
    }
    return true;
  }

  /** The offset counts bytes, in 32 bits whatever the width of the entries. */
  private boolean indirect(long at, int segments) {
    return filled > 0
        && at <= data.length() - 4
        && expand(data.doubleWord(at) & 0xFFFFFFFFL, segments, false);
  }
}
