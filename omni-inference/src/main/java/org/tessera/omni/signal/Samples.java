package org.tessera.omni.signal;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;

/**
 * One decoded frame.
 *
 * @param raster its samples, in the bits that they came in; bands beyond {@code channels} unused
 * @param channels 1 (grey) or 3 (RGB)
 * @param white the sample that is white
 */
record Samples(Raster raster, int channels, int white) {

  /**
   * Decodes a frame with the JDK's readers.
   *
   * @throws RejectedInputException if it is damaged; a picture that is only in part there is
   *     refused as well
   */
  static Samples decode(byte[] bytes, RasterHeader header, int frame)
      throws RejectedInputException {
    ImageReader reader = ImageIO.getImageReadersByFormatName(header.format()).next();
    AtomicBoolean damaged = new AtomicBoolean();
    reader.addIIOReadWarningListener(
        (source, warning) -> damaged.compareAndSet(false, bad(warning)));
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(in, false, true);
      BufferedImage image = reader.read(frame - 1);
      if (damaged.get()
          || image.getWidth() != header.width()
          || image.getHeight() != header.height()) {
        throw new RejectedInputException("The picture is damaged: only a part can be decoded.");
      }
      return of(image);
    } catch (IOException | RuntimeException e) {
      // The readers of the JDK answer damaged files with any kind of unchecked exception.
      throw new RejectedInputException("The picture is damaged: it cannot be decoded.", e);
    } finally {
      reader.dispose();
    }
  }

  /** Warnings of libjpeg about lost data; those about metadata are harmless. */
  private static boolean bad(String warning) {
    return warning.contains("Premature end") || warning.contains("Corrupt JPEG data");
  }

  private static Samples of(BufferedImage image) {
    ColorModel colours = image.getColorModel();
    boolean plain =
        colours instanceof ComponentColorModel
            && !colours.hasAlpha()
            && (colours.getNumComponents() == 1
                || (colours.getNumComponents() == 3 && colours.getColorSpace().isCS_sRGB()));
    if (!plain) {
      return new Samples(flattened(image), 3, 255);
    }
    // Grey samples are taken as they are: Java would bend them from linear grey to sRGB.
    Raster raster = image.getRaster();
    int bits = DataBuffer.getDataTypeSize(raster.getDataBuffer().getDataType());
    int white = bits == 8 ? 255 : white(raster);
    return new Samples(raster, colours.getNumComponents(), white);
  }

  /** Sixteen bits often hold ten or twelve: white is the largest number of the bits in use. */
  private static int white(Raster raster) {
    int most = 0;
    int[] row = new int[raster.getWidth() * raster.getNumBands()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      for (int sample : row) {
        most = Math.max(most, sample);
      }
    }
    for (int bits = 8; bits < 16; bits += 2) {
      if (most < 1 << bits) {
        return (1 << bits) - 1;
      }
    }
    return 0xFFFF;
  }

  /** Palettes, transparency (on white) and foreign colour spaces as RGB. */
  private static Raster flattened(BufferedImage image) {
    int width = image.getWidth();
    WritableRaster flat =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, image.getHeight(), 3, null);
    int[] colours = new int[width];
    int[] row = new int[width * 3];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, colours, 0, width);
      for (int x = 0; x < width; x++) {
        int opacity = colours[x] >>> 24;
        for (int band = 0; band < 3; band++) {
          int sample = colours[x] >> (16 - 8 * band) & 0xFF;
          row[x * 3 + band] = (sample * opacity + 255 * (255 - opacity) + 127) / 255;
        }
      }
      flat.setPixels(0, y, width, 1, row);
    }
    return flat;
  }

  /** Each pixel of the tile is the mean of the pixels whose corner it covers. */
  PixelTile averaged(PixelRegion region, double downsample) {
    int[] columns = edges(region.x(), region.width(), downsample);
    int[] rows = edges(region.y(), region.height(), downsample);
    int width = columns.length - 1;
    int height = rows.length - 1;
    float[] tile = new float[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    int from = Math.clamp(columns[0], 0, raster.getWidth());
    int to = Math.clamp(columns[width], from, raster.getWidth());
    int[] line = new int[Math.max(1, to - from) * raster.getNumBands()];
    double[] sums = new double[width * channels];
    for (int y = 0; y < height && to > from; y++) {
      int top = Math.clamp(rows[y], 0, raster.getHeight());
      int bottom = Math.clamp(rows[y + 1], top, raster.getHeight());
      Arrays.fill(sums, 0);
      for (int row = top; row < bottom; row++) {
        raster.getPixels(raster.getMinX() + from, raster.getMinY() + row, to - from, 1, line);
        add(line, from, to, columns, sums);
      }
      for (int x = 0; x < width; x++) {
        int across = Math.clamp(columns[x + 1], from, to) - Math.clamp(columns[x], from, to);
        int count = across * (bottom - top);
        for (int at = x * channels; count > 0 && at < (x + 1) * channels; at++) {
          tile[y * width * channels + at] = (float) (sums[at] / count / white);
        }
      }
    }
    return new PixelTile(width, height, channels, tile);
  }

  private void add(int[] line, int from, int to, int[] columns, double[] sums) {
    int bands = raster.getNumBands();
    for (int x = 0; x < columns.length - 1; x++) {
      int end = Math.clamp(columns[x + 1], from, to);
      for (int column = Math.clamp(columns[x], from, to); column < end; column++) {
        for (int channel = 0; channel < channels; channel++) {
          sums[x * channels + channel] += line[(column - from) * bands + channel];
        }
      }
    }
  }

  /** Borders of the tile's pixels in whole source pixels, none of them empty. */
  private static int[] edges(double start, double length, double downsample) {
    int count = (int) Math.ceil(length / downsample);
    int[] edges = new int[count + 1];
    for (int i = 0; i <= count; i++) {
      edges[i] = (int) Math.floor(start + Math.min(length, i * downsample));
    }
    if (edges[count] <= edges[count - 1]) {
      edges[count] = edges[count - 1] + 1;
    }
    return edges;
  }
}
