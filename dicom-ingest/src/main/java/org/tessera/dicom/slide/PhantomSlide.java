package org.tessera.dicom.slide;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws slides of any size with the look of stained tissue: pink ground, purple nuclei, white
 * glass. A few tiles are drawn and compressed once and used all over, so that even a slide of
 * 100,000 by 100,000 pixels is a small file. For tests and benchmarks: it shows no disease.
 */
public final class PhantomSlide {
  /** Pixels along the edge of its tiles. */
  public static final int TILE = 256;

  private static final int VARIANTS = 12;

  private final int size;
  private final byte[][] tissue = new byte[VARIANTS][];
  private final byte[] glass;
  private final byte[] mark;
  private final byte[] tables;
  private final int markColumn;
  private final int markRow;

  /**
   * A square slide.
   *
   * @param size pixels along an edge
   * @param markColumn column of the tile of level 0 that is marked
   * @param markRow its row
   */
  public PhantomSlide(int size, int markColumn, int markRow) throws IOException {
    this.size = size;
    this.markColumn = markColumn;
    this.markRow = markRow;
    for (int i = 0; i < VARIANTS; i++) {
      tissue[i] = withoutTables(jpeg(tissueTile(new Random(i))));
    }
    byte[] clear = jpeg(filled(0xF3F1F4));
    glass = withoutTables(clear);
    mark = withoutTables(jpeg(filled(0x5A3070)));
    tables = tablesOf(clear);
  }

  /** True where a tile of level 0 is tissue: a disc around the centre, with a hole of glass. */
  public boolean isTissue(int column, int row) {
    double half = size / 2.0 / TILE;
    double distance = Math.hypot(column + 0.5 - half, row + 0.5 - half) / half;
    return distance < 0.7 && distance > 0.1;
  }

  /** Writes the slide as a pyramid whose levels are a quarter each, as Aperio's are. */
  public void write(Path file) throws IOException {
    try (TiffWriter writer = new TiffWriter(file, true, ByteOrder.LITTLE_ENDIAN)) {
      for (int down = 1; down == 1 || size / down > 1024; down *= 4) {
        int scale = down;
        int side = size / down;
        TiffWriter.Image image =
            writer
                .image(side, side, 3, 8, TiffFormat.YCBCR)
                .shorts(TiffDirectory.COMPRESSION, 7)
                .shorts(530, 2, 2)
                .bytes(TiffDirectory.JPEG_TABLES, tables)
                .longs(TiffDirectory.SUBFILE_TYPE, down == 1 ? 0 : 1)
                .shorts(TiffDirectory.RESOLUTION_UNIT, 3)
                .fraction(TiffDirectory.X_RESOLUTION, 20_000 / down, 1)
                .fraction(283, 20_000 / down, 1);
        image.tiled(TILE, TILE, (column, row) -> code(column, row, scale));
      }
    }
  }

  /** Of smaller levels, what is in the middle of the tile stands for all of it. */
  private byte[] code(int column, int row, int down) {
    if (down == 1 && column == markColumn && row == markRow) {
      return mark;
    }
    int middleX = column * down + down / 2;
    int middleY = row * down + down / 2;
    return isTissue(middleX, middleY) ? tissue[(column * 7 + row * 5) % VARIANTS] : glass;
  }

  private static BufferedImage filled(int rgb) {
    BufferedImage image = new BufferedImage(TILE, TILE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < TILE; y++) {
      for (int x = 0; x < TILE; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }

  private static BufferedImage tissueTile(Random random) {
    BufferedImage image = filled(0xE8B4D0);
    for (int y = 0; y < TILE; y++) {
      for (int x = 0; x < TILE; x++) {
        int fibre = (int) (14 * Math.sin(x * 0.11 + 5 * Math.sin(y * 0.03)));
        int grain = random.nextInt(17) - 8;
        int red = 226 + fibre / 2 + grain;
        int green = 168 + fibre + grain;
        int blue = 203 + fibre / 2 + grain;
        image.setRGB(x, y, Math.min(255, red) << 16 | green << 8 | blue);
      }
    }
    for (int nucleus = 0; nucleus < 60; nucleus++) {
      int cx = random.nextInt(TILE);
      int cy = random.nextInt(TILE);
      int radius = 4 + random.nextInt(6);
      for (int y = Math.max(0, cy - radius); y < Math.min(TILE, cy + radius); y++) {
        for (int x = Math.max(0, cx - radius); x < Math.min(TILE, cx + radius); x++) {
          if (Math.hypot(x - cx, (y - cy) * 1.3) < radius) {
            int grain = random.nextInt(25);
            image.setRGB(x, y, 86 + grain << 16 | 52 + grain << 8 | 130 + grain);
          }
        }
      }
    }
    return image;
  }

  /** A baseline JPEG stream, its colour differences at half the resolution. */
  public static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(0.85f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The tables of a stream alone (ITU-T T.81 B.5). */
  public static byte[] tablesOf(byte[] jpeg) {
    return part(jpeg, true);
  }

  /** A stream without its tables and its JFIF header (ITU-T T.81 B.4). */
  public static byte[] withoutTables(byte[] jpeg) {
    return part(jpeg, false);
  }

  private static byte[] part(byte[] jpeg, boolean tables) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 2;
    out.write(0xFF);
    out.write(0xD8);
    while (true) {
      int marker = jpeg[at + 1] & 0xFF;
      int length = 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
      boolean table = marker == 0xDB || marker == 0xC4;
      if (marker == 0xDA) {
        if (!tables) {
          out.write(jpeg, at, jpeg.length - at);
          return out.toByteArray();
        }
        out.write(0xFF);
        out.write(0xD9);
        return out.toByteArray();
      }
      if (table == tables && marker != 0xE0) {
        out.write(jpeg, at, length);
      }
      at += length;
    }
  }
}
