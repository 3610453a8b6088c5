package org.tessera.dicom.slide;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes TIFF and BigTIFF files. A tile that is given several times (the same array) is stored
 * once: a slide of any size may be small on disk.
 */
public final class TiffWriter implements Closeable {
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int LONG8 = 16;

  private final FileChannel out;
  private final ByteOrder order;
  private final boolean big;
  private final Map<byte[], Long> written = new IdentityHashMap<>();
  private long end;
  private long linkAt;

  /** An entry of a directory. */
  private record Field(int type, int count, byte[] values) {}

  /** The compressed tiles of an image. */
  public interface Tiles {
    /** A tile; an empty array where there is none. */
    byte[] code(int column, int row) throws IOException;
  }

  /** An image: fields by tag, and its tiles. */
  public final class Image {
    private final Map<Integer, Field> fields = new TreeMap<>();
    private final int width;
    private final int height;

    private Image(int width, int height, int samples, int bits, int photometric) {
      this.width = width;
      this.height = height;
      longs(TiffDirectory.WIDTH, width);
      longs(TiffDirectory.HEIGHT, height);
      long[] depths = new long[samples];
      Arrays.fill(depths, bits);
      shorts(TiffDirectory.BITS, depths);
      shorts(TiffDirectory.PHOTOMETRIC, photometric);
      shorts(TiffDirectory.SAMPLES, samples);
      shorts(TiffDirectory.COMPRESSION, 1);
    }

    /** Sets a field of 16-bit numbers. */
    public Image shorts(int tag, long... values) {
      return numbers(tag, SHORT, 2, values);
    }

    /** Sets a field of 32-bit numbers. */
    public Image longs(int tag, long... values) {
      return numbers(tag, LONG, 4, values);
    }

    private Image numbers(int tag, int type, int width, long... values) {
      ByteBuffer bytes = ByteBuffer.allocate(values.length * width).order(order);
      for (long value : values) {
        switch (width) {
          case 2 -> bytes.putShort((short) value);
          case 4 -> bytes.putInt((int) value);
          default -> bytes.putLong(value);
        }
      }
      fields.put(tag, new Field(type, values.length, bytes.array()));
      return this;
    }

    /** Sets a field of ASCII text. */
    public Image text(int tag, String text) {
      byte[] bytes = (text + "\0").getBytes(US_ASCII);
      fields.put(tag, new Field(2, bytes.length, bytes));
      return this;
    }

    /** Sets a field of bytes without meaning for TIFF. */
    public Image bytes(int tag, byte[] bytes) {
      fields.put(tag, new Field(7, bytes.length, bytes));
      return this;
    }

    /** Sets a field of one fraction. */
    public Image fraction(int tag, int numerator, int denominator) {
      ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
      bytes.putInt(numerator).putInt(denominator);
      fields.put(tag, new Field(5, 1, bytes.array()));
      return this;
    }

    /** Writes the image in tiles. */
    public void tiled(int tileWidth, int tileHeight, Tiles tiles) throws IOException {
      shorts(TiffDirectory.TILE_WIDTH, tileWidth);
      shorts(TiffDirectory.TILE_HEIGHT, tileHeight);
      places(
          tiles,
          Math.ceilDiv(width, tileWidth),
          Math.ceilDiv(height, tileHeight),
          TiffDirectory.TILE_OFFSETS,
          TiffDirectory.TILE_COUNTS);
      directory(fields);
    }

    /** Writes the image in strips; the column asked for is always 0. */
    public void striped(int rows, Tiles strips) throws IOException {
      longs(TiffDirectory.ROWS_PER_STRIP, rows);
      places(
          strips,
          1,
          Math.ceilDiv(height, rows),
          TiffDirectory.STRIP_OFFSETS,
          TiffDirectory.STRIP_COUNTS);
      directory(fields);
    }

    private void places(Tiles tiles, int across, int down, int offsetTag, int countTag)
        throws IOException {
      long[] offsets = new long[across * down];
      long[] counts = new long[across * down];
      for (int i = 0; i < offsets.length; i++) {
        byte[] code = tiles.code(i % across, i / across);
        counts[i] = code.length;
        offsets[i] = code.length == 0 ? 0 : place(code);
      }
      numbers(offsetTag, big ? LONG8 : LONG, big ? 8 : 4, offsets);
      longs(countTag, counts);
    }
  }

  /**
   * Begins a file.
   *
   * @param big BigTIFF: offsets of 64 bits
   */
  public TiffWriter(Path file, boolean big, ByteOrder order) throws IOException {
    this.out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    this.order = order;
    this.big = big;
    ByteBuffer head = ByteBuffer.allocate(big ? 16 : 8).order(order);
    head.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
    head.putShort((short) (big ? 43 : 42));
    if (big) {
      head.putShort((short) 8).putShort((short) 0);
    }
    linkAt = big ? 8 : 4;
    append(head.array());
  }

  /**
   * Begins an image, uncompressed until told otherwise.
   *
   * @param photometric TIFF's Photometric Interpretation
   */
  public Image image(int width, int height, int samples, int bits, int photometric) {
    return new Image(width, height, samples, bits, photometric);
  }

  private long place(byte[] code) throws IOException {
    Long known = written.get(code);
    if (known == null) {
      known = append(code);
      written.put(code, known);
    }
    return known;
  }

  private long append(byte[] bytes) throws IOException {
    long at = end;
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      end += out.write(buffer, end);
    }
    end += end & 1;
    return at;
  }

  private void directory(Map<Integer, Field> fields) throws IOException {
    ByteBuffer table =
        ByteBuffer.allocate(big ? 16 + 20 * fields.size() : 6 + 12 * fields.size()).order(order);
    if (big) {
      table.putLong(fields.size());
    } else {
      table.putShort((short) fields.size());
    }
    for (Map.Entry<Integer, Field> each : fields.entrySet()) {
      Field field = each.getValue();
      table.putShort((short) (int) each.getKey()).putShort((short) field.type);
      int room = big ? 8 : 4;
      if (big) {
        table.putLong(field.count);
      } else {
        table.putInt(field.count);
      }
      if (field.values.length <= room) {
        table.put(field.values).position(table.position() + room - field.values.length);
      } else if (big) {
        table.putLong(append(field.values));
      } else {
        table.putInt((int) append(field.values));
      }
    }
    long at = append(table.array());
    ByteBuffer link = ByteBuffer.allocate(big ? 8 : 4).order(order);
    if (big) {
      link.putLong(at);
    } else {
      link.putInt((int) at);
    }
    out.write(link.flip().limit(link.capacity()), linkAt);
    linkAt = at + table.capacity() - (big ? 8 : 4);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
