package org.tessera.dicom.image;

/**
 * A decoded frame of stored values, before any lookup table: YBR turned into RGB, palette left as
 * indices, every value moved to the low bits and extended by its sign.
 *
 * @param rows height
 * @param columns width
 * @param samples 1, 3 or 4 values per pixel, interleaved
 * @param bits 8, 16, 32 or 64 per value
 * @param signed two's complement
 * @param real IEEE 754 instead of integers
 * @param data row by row, little endian; not copied, must not be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredFrame(
    int rows,
    int columns,
    int samples,
    int bits,
    boolean signed,
    boolean real,
    byte[] data) {
  public StoredFrame {
    if (data.length != (long) rows * columns * samples * (bits / 8)) {
      throw new IllegalArgumentException("The data do not fill the frame.");
    }
  }

  /** The value at an index counted over rows, columns and samples. */
  public double value(int index) {
    if (real) {
      return bits == 32
          ? Float.intBitsToFloat((int) raw(index))
          : Double.longBitsToDouble(raw(index));
    }
    return integer(index);
  }

  /** The integer value at an index; meaningless for real frames. */
  public long integer(int index) {
    long raw = raw(index);
    if (signed) {
      int unused = 64 - bits;
      return raw << unused >> unused;
    }
    return raw;
  }

  private long raw(int index) {
    int at = index * (bits / 8);
    return switch (bits) {
      case 8 -> data[at] & 0xFF;
      case 16 -> data[at] & 0xFF | (data[at + 1] & 0xFF) << 8;
      case 32 -> word(at);
      default -> word(at) | word(at + 4) << 32;
    };
  }

  private long word(int at) {
    return (data[at] & 0xFF
            | (data[at + 1] & 0xFF) << 8
            | (data[at + 2] & 0xFF) << 16
            | data[at + 3] << 24)
        & 0xFFFFFFFFL;
  }
}
