package org.tessera.dicom.slide;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.OptionalDouble;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;

/** An image file directory (TIFF 6.0 section 2). Values are read when asked for. */
final class TiffDirectory {
  static final int SUBFILE_TYPE = 254;
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int BITS = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int SAMPLES = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_COUNTS = 279;
  static final int X_RESOLUTION = 282;
  static final int PLANAR = 284;
  static final int RESOLUTION_UNIT = 296;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_COUNTS = 325;
  static final int SUB_DIRECTORIES = 330;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;
  static final int XMP = 700;
  static final int NDPI_FORMAT = 65_420;

  /** Bytes per value by type: TIFF 6.0 section 2, BigTIFF adds 16 to 18. */
  private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

  /**
   * An entry, its values not read.
   *
   * @param offset where the values are, also of those inside the entry
   */
  record Entry(int type, long count, long offset) {}

  private final ByteSource source;
  private final ByteOrder order;
  private final Map<Integer, Entry> entries;

  TiffDirectory(ByteSource source, ByteOrder order, Map<Integer, Entry> entries) {
    this.source = source;
    this.order = order;
    this.entries = Map.copyOf(entries);
  }

  /** Bytes of a value; 0 for types that do not exist. */
  static int typeBytes(int type) {
    return type >= 0 && type < TYPE_BYTES.length ? TYPE_BYTES[type] : 0;
  }

  boolean has(int tag) {
    return entries.containsKey(tag);
  }

  /** The values of an entry as they are stored; empty if it is absent. */
  byte[] bytes(int tag, int most) throws IOException, RejectedInputException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new byte[0];
    }
    int width = typeBytes(entry.type());
    if (width == 0 || entry.count() > most / width) {
      throw new RejectedInputException(
          "An entry of the TIFF file (tag %d) has more values than are read.".formatted(tag));
    }
    return read(entry.offset(), (int) (entry.count() * width));
  }

  private byte[] read(long offset, int length) throws IOException, RejectedInputException {
    try {
      return source.read(offset, length);
    } catch (EOFException e) {
      throw new RejectedInputException(
          "The TIFF file is cut off or damaged: an entry leads outside of it.", e);
    }
  }

  /** Whole numbers; empty if the entry is absent. */
  long[] numbers(int tag, int most) throws IOException, RejectedInputException {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return new long[0];
    }
    int width = typeBytes(entry.type());
    ByteBuffer values = ByteBuffer.wrap(bytes(tag, Math.multiplyExact(most, 8))).order(order);
    long[] numbers = new long[values.capacity() / Math.max(1, width)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] =
          switch (entry.type()) {
            case 1, 7 -> values.get(i) & 0xFFL;
            case 6 -> values.get(i);
            case 3 -> values.getShort(2 * i) & 0xFFFFL;
            case 8 -> values.getShort(2 * i);
            case 4, 13 -> values.getInt(4 * i) & 0xFFFFFFFFL;
            case 9 -> values.getInt(4 * i);
            case 16, 17, 18 -> values.getLong(8 * i);
            default ->
                throw new RejectedInputException(
                    "An entry of the TIFF file (tag %d) is no whole number.".formatted(tag));
          };
    }
    return numbers;
  }

  /** The first number of an entry, or a default. */
  long number(int tag, long otherwise) throws IOException, RejectedInputException {
    if (!has(tag)) {
      return otherwise;
    }
    long[] numbers = numbers(tag, 65_536);
    return numbers.length == 0 ? otherwise : numbers[0];
  }

  /** A fraction or floating point number; empty if absent, of another type, or not finite. */
  OptionalDouble real(int tag) throws IOException, RejectedInputException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count() != 1) {
      return OptionalDouble.empty();
    }
    ByteBuffer value = ByteBuffer.wrap(bytes(tag, 8)).order(order);
    double real =
        switch (entry.type()) {
          case 5 -> (value.getInt(0) & 0xFFFFFFFFL) / (double) (value.getInt(4) & 0xFFFFFFFFL);
          case 10 -> value.getInt(0) / (double) value.getInt(4);
          case 11 -> value.getFloat(0);
          case 12 -> value.getDouble(0);
          default -> Double.NaN;
        };
    return Double.isFinite(real) ? OptionalDouble.of(real) : OptionalDouble.empty();
  }

  /** The text of an entry up to its first NUL; empty if absent; the first 64 KiB of a long one. */
  String text(int tag) throws IOException, RejectedInputException {
    Entry entry = entries.get(tag);
    if (entry == null || typeBytes(entry.type()) != 1) {
      return "";
    }
    int length = (int) Math.min(entry.count(), 1 << 16);
    String text = new String(read(entry.offset(), length), ISO_8859_1);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }
}
