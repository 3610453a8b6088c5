package org.tessera.dicom.slide;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.ByteSource;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.codec.AbbreviatedJpeg;
import org.tessera.dicom.codec.JfifColours;
import org.tessera.dicom.codec.PixelFormat;
import org.tessera.dicom.codec.child.Jpeg2000Decoder;

/** One image of a TIFF file, in tiles or strips (TIFF 6.0 sections 3, 6 and 15). */
final class TiffLevel implements SlideLevel {
  /** Of all levels together; their places are kept in memory. */
  static final int MOST_TILES = 1 << 21;
  private static final int JPEG = 7;
  private static final int APERIO_YBR_JPEG_2000 = 33_003;
  private static final int APERIO_RGB_JPEG_2000 = 33_005;
  private static final int JPEG_2000 = 34_712;
  private static final Jpeg2000Decoder JPEG_2000_DECODER = new Jpeg2000Decoder();

  private final ByteSource source;
  private final int width;
  private final int height;
  private final boolean tiled;
  private final int tileWidth;
  private final int tileHeight;
  private final int planes;
  private final int compression;
  private final boolean differences;
  private final boolean ybr;
  private final TiffSamples format;
  private final AbbreviatedJpeg jpeg;
  private final long[] offsets;
  private final long[] counts;

  /**
   * Reads the shape of an image.
   *
   * @throws RejectedInputException if it is damaged, too large or in a form that is not read
   */
  TiffLevel(ByteSource source, TiffDirectory directory, ByteOrder order, ParseLimits limits)
      throws IOException, RejectedInputException {
    this.source = source;
    this.width = side(directory.number(TiffDirectory.WIDTH, 0));
    this.height = side(directory.number(TiffDirectory.HEIGHT, 0));
    this.tiled = directory.has(TiffDirectory.TILE_WIDTH);
    this.tileWidth = tiled ? side(directory.number(TiffDirectory.TILE_WIDTH, 0)) : width;
    this.tileHeight =
        tiled
            ? side(directory.number(TiffDirectory.TILE_HEIGHT, 0))
            : (int) Math.clamp(directory.number(TiffDirectory.ROWS_PER_STRIP, height), 1, height);
    this.compression = (int) directory.number(TiffDirectory.COMPRESSION, 1);
    this.format = TiffFormat.of(directory, order);
    boolean planar =
        format.samples() > 1 && directory.number(TiffDirectory.PLANAR, 1) == 2;
    this.planes = planar ? format.samples() : 1;
    this.differences = TiffFormat.differences(directory, compression);
    long photometric = directory.number(TiffDirectory.PHOTOMETRIC, 1);
    this.ybr = photometric == TiffFormat.YCBCR;
    this.jpeg = new AbbreviatedJpeg(directory.bytes(TiffDirectory.JPEG_TABLES, 1 << 20));
    checkCompression(planar);
    long tileBytes = (long) tileWidth * tileHeight * format.samples() * format.bits() / 8;
    if (tileBytes > Math.min(limits.maxFrameBytes(), Integer.MAX_VALUE / 4)) {
      throw new RejectedInputException(
          "A tile of the slide has %d x %d pixels, more than are decoded at once."
              .formatted(tileWidth, tileHeight));
    }
    long tiles = (long) across() * down() * planes;
    if (tiles > MOST_TILES) {
      throw new RejectedInputException(
          "The slide is cut into %,d tiles; at most %,d are read.".formatted(tiles, MOST_TILES));
    }
    this.offsets =
        numbers(directory, tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS, tiles);
    this.counts =
        numbers(directory, tiled ? TiffDirectory.TILE_COUNTS : TiffDirectory.STRIP_COUNTS, tiles);
    checkPlaces(tileBytes);
  }

  private static int side(long size) throws RejectedInputException {
    if (size < 1 || size > Slide.LONGEST) {
      throw new RejectedInputException("An image of the TIFF file has no valid size.");
    }
    return (int) size;
  }

  private void checkCompression(boolean planar) throws RejectedInputException {
    switch (compression) {
      case 1, 5, 8, 32_773, 32_946 -> {
        if (ybr) {
          throw new RejectedInputException(
              "The slide stores luminance and colour differences without JPEG, which is not read.");
        }
      }
      case JPEG -> {
        if (planar || format.bits() != 8 || format.samples() != format.colours()) {
          throw new RejectedInputException(
              "The slide has JPEG tiles that are neither grey nor RGB of 8 bits.");
        }
      }
      case APERIO_YBR_JPEG_2000, APERIO_RGB_JPEG_2000, JPEG_2000 -> {
        if (planar || format.bits() != 8 || format.samples() != format.colours()) {
          throw new RejectedInputException(
              "The slide has JPEG 2000 tiles that are neither grey nor RGB of 8 bits.");
        }
      }
      default ->
          throw new RejectedInputException(
              "The slide uses TIFF compression %d, which is not read.".formatted(compression));
    }
  }

  private static long[] numbers(TiffDirectory directory, int tag, long tiles)
      throws IOException, RejectedInputException {
    long[] numbers = directory.numbers(tag, MOST_TILES);
    if (numbers.length < tiles) {
      throw new RejectedInputException(
          "The slide has the places of %,d tiles where its size needs %,d."
              .formatted(numbers.length, tiles));
    }
    return numbers;
  }

  /** A slide that was cut off in a transfer is refused now, not when somebody looks there. */
  private void checkPlaces(long tileBytes) throws RejectedInputException {
    // Compression can lengthen what it cannot shorten, but not without bound.
    long most = 2 * tileBytes + (1 << 16);
    for (int i = 0; i < offsets.length && i < counts.length; i++) {
      if (counts[i] < 0 || offsets[i] < 0 || counts[i] > source.size() - offsets[i]) {
        throw new RejectedInputException("The slide is cut off: tiles lie outside of the file.");
      }
      if (counts[i] > most) {
        throw new RejectedInputException(
            "A tile of the slide has %,d compressed bytes; at most %,d are read."
                .formatted(counts[i], most));
      }
    }
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int tileWidth() {
    return tileWidth;
  }

  @Override
  public int tileHeight() {
    return tileHeight;
  }

  @Override
  public int channels() {
    return format.channels();
  }

  @Override
  public boolean present(int column, int row) {
    return counts[row * across() + column] > 0;
  }

  @Override
  public SlideTile decode(int column, int row) throws IOException, RejectedInputException {
    int index = row * across() + column;
    int rows = tiled ? tileHeight : Math.min(tileHeight, height - row * tileHeight);
    byte[] samples;
    if (compression == JPEG) {
      samples =
          jpeg.decode(code(index), tileWidth, rows, tileHeight, format.colours(), ybr);
    } else if (isJpeg2000()) {
      samples = waveletTile(code(index), rows);
    } else if (planes == 1) {
      samples = expanded(index, rows, format.samples());
    } else {
      byte[][] separate = new byte[planes][];
      for (int plane = 0; plane < planes; plane++) {
        separate[plane] = expanded(plane * across() * down() + index, rows, 1);
      }
      samples = TiffSamples.joined(separate, format.bits() / 8);
    }
    return new SlideTile(tileWidth, rows, format.channels(), format.toEightBits(samples));
  }

  private boolean isJpeg2000() {
    return compression == APERIO_YBR_JPEG_2000
        || compression == APERIO_RGB_JPEG_2000
        || compression == JPEG_2000;
  }

  private byte[] waveletTile(byte[] code, int rows) throws RejectedInputException {
    PixelFormat shape =
        new PixelFormat(
            rows,
            tileWidth,
            format.colours(),
            1,
            format.bits(),
            format.bits(),
            format.bits() - 1,
            false,
            format.colours() == 1 ? "MONOCHROME2" : "RGB",
            false,
            false);
    byte[] samples = JPEG_2000_DECODER.decode(code, shape);
    if (format.colours() == 3 && (ybr || compression == APERIO_YBR_JPEG_2000)) {
      JfifColours.toRgb(samples);
    }
    return samples;
  }

  private byte[] expanded(int index, int rows, int perPixel)
      throws IOException, RejectedInputException {
    int length = tileWidth * rows * perPixel * format.bits() / 8;
    byte[] code = code(index);
    byte[] data =
        switch (compression) {
          case 1 -> uncompressed(code, length);
          case 5 -> Lzw.expand(code, length);
          case 32_773 -> PackBits.expand(code, length);
          default -> Deflate.expand(code, length);
        };
    if (differences) {
      format.undoDifferences(data, tileWidth, rows, perPixel);
    }
    return data;
  }

  private static byte[] uncompressed(byte[] code, int length) throws RejectedInputException {
    if (code.length < length) {
      throw new RejectedInputException("A tile of the slide is shorter than its size needs.");
    }
    return code.length == length ? code : Arrays.copyOf(code, length);
  }

  private byte[] code(int index) throws IOException, RejectedInputException {
    try {
      return source.read(offsets[index], (int) counts[index]);
    } catch (EOFException e) {
      throw new RejectedInputException("The slide is cut off: tiles lie outside of the file.", e);
    }
  }
}
