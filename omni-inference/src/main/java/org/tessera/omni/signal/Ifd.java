package org.tessera.omni.signal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Orientation;

/**
 * An image file directory (TIFF 6.0, section 2): whole numbers by tag. Exif uses the same form.
 *
 * @param numbers values of the entries of type BYTE, SHORT and LONG
 */
record Ifd(Map<Integer, List<Long>> numbers) {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int STRIP_COUNTS = 279;
  static final int TILE_OFFSETS = 324;
  static final int TILE_COUNTS = 325;
  static final int SAMPLE_FORMAT = 339;

  static final int MAX_DIRECTORIES = 4096;
  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_VALUES = 1_000_000;

  /** Thrown where the structure leads outside the data. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /** The only value of a tag, or the first. */
  Optional<Long> first(int tag) {
    return all(tag).stream().findFirst();
  }

  List<Long> all(int tag) {
    return numbers.getOrDefault(tag, List.of());
  }

  /** The directories of a file, in order; a file that goes in circles is broken. */
  static List<Ifd> read(ByteBuffer data) throws BrokenException {
    return read(data, MAX_DIRECTORIES);
  }

  private static List<Ifd> read(ByteBuffer data, int most) throws BrokenException {
    ByteBuffer buffer = ordered(data);
    List<Ifd> directories = new ArrayList<>();
    int entries = 0;
    long values = 0;
    long offset = at(buffer, 4, 4).getInt(4) & 0xFFFFFFFFL;
    while (offset != 0 && directories.size() < most) {
      int count = at(buffer, offset, 2).getShort((int) offset) & 0xFFFF;
      entries += count;
      Map<Integer, List<Long>> numbers = new HashMap<>();
      for (int i = 0; i < count; i++) {
        values += entry(buffer, offset + 2 + 12L * i, numbers);
        if (values > MAX_VALUES || entries > MAX_ENTRIES) {
          throw new BrokenException("more numbers than any picture has");
        }
      }
      directories.add(new Ifd(numbers));
      long next = offset + 2 + 12L * count;
      offset = at(buffer, next, 4).getInt((int) next) & 0xFFFFFFFFL;
    }
    return directories;
  }

  /** The orientation that the first directory gives; empty if it gives none or is broken. */
  static Optional<Orientation> orientation(ByteBuffer data) {
    try {
      return read(data, 1).stream()
          .findFirst()
          .flatMap(ifd -> ifd.first(ORIENTATION))
          .map(value -> Orientation.ofExif(value.intValue()));
    } catch (BrokenException e) {
      return Optional.empty();
    }
  }

  /** Reads an entry; gives the number of its values. */
  private static long entry(ByteBuffer buffer, long at, Map<Integer, List<Long>> numbers)
      throws BrokenException {
    at(buffer, at, 12);
    int tag = buffer.getShort((int) at) & 0xFFFF;
    int size =
        switch (buffer.getShort((int) at + 2)) {
          case 1 -> 1;
          case 3 -> 2;
          case 4 -> 4;
          default -> 0;
        };
    long count = buffer.getInt((int) at + 4) & 0xFFFFFFFFL;
    if (size == 0 || count > MAX_VALUES) {
      return 0;
    }
    long start = at + 8;
    if (count * size > 4) {
      start = buffer.getInt((int) at + 8) & 0xFFFFFFFFL;
    }
    at(buffer, start, count * size);
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = (int) start + i * size;
      values.add(
          switch (size) {
            case 1 -> buffer.get(place) & 0xFFL;
            case 2 -> buffer.getShort(place) & 0xFFFFL;
            default -> buffer.getInt(place) & 0xFFFFFFFFL;
          });
    }
    numbers.put(tag, values);
    return count;
  }

  private static ByteBuffer ordered(ByteBuffer data) throws BrokenException {
    ByteBuffer buffer = data.duplicate();
    short order = at(buffer, 0, 8).getShort(0);
    buffer.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if ((order != 0x4949 && order != 0x4D4D) || buffer.getShort(2) != 42) {
      throw new BrokenException("not a TIFF header");
    }
    return buffer;
  }

  private static ByteBuffer at(ByteBuffer buffer, long offset, long length)
      throws BrokenException {
    if (offset < 0 || offset + length > buffer.limit()) {
      throw new BrokenException("leads outside");
    }
    return buffer;
  }
}
