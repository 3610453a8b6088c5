package org.tessera.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.TestData;

/** Our JPEG decoder against an encoder written here, and against the JDK's decoder. */
class JpegTest {

  private static PixelFormat format(int rows, int columns, int samples, int allocated, int bits) {
    return new PixelFormat(
        rows,
        columns,
        samples,
        1,
        allocated,
        bits,
        bits - 1,
        false,
        samples == 1 ? "MONOCHROME2" : "RGB",
        false,
        false);
  }

  @Test
  void losslessIsExactForAllPredictorsPrecisionsAndRestarts() throws RejectedInputException {
    Random random = new Random(1);
    int tried = 0;
    for (int bits = 2; bits <= 16; bits++) {
      for (int predictor = 1; predictor <= 7; predictor++) {
        for (int samples : new int[] {1, 3}) {
          for (int restartRows : new int[] {0, 3}) {
            int rows = 7 + random.nextInt(5);
            int columns = 1 + random.nextInt(20);
            int[] values = new int[rows * columns * samples];
            int step = 1 << random.nextInt(bits);
            for (int i = 0; i < values.length; i++) {
              int before = i >= samples ? values[i - samples] : 0;
              int next =
                  random.nextInt(9) == 0
                      ? random.nextInt(1 << bits)
                      : before + random.nextInt(step + 1) - step / 2;
              values[i] = next & ((1 << bits) - 1);
            }
            byte[] code =
                new LosslessEncoder(rows, columns, samples, bits, predictor, restartRows)
                    .encode(values);
            int allocated = bits <= 8 && random.nextBoolean() ? 8 : 16;
            byte[] decoded =
                new JpegDecoder().decode(code, format(rows, columns, samples, allocated, bits));
            for (int i = 0; i < values.length; i++) {
              int value =
                  allocated == 8
                      ? decoded[i] & 0xFF
                      : decoded[2 * i] & 0xFF | (decoded[2 * i + 1] & 0xFF) << 8;
              assertThat(value).isEqualTo(values[i]);
            }
            tried++;
          }
        }
      }
    }
    assertThat(tried).isEqualTo(15 * 7 * 4);
  }

  @Test
  void baselineEqualsTheDecoderOfTheJdkBitForBit() throws IOException, RejectedInputException {
    int[][] sizes = {
      {1, 1}, {2, 3}, {5, 4}, {7, 9}, {8, 8}, {16, 16}, {17, 33}, {64, 31}, {99, 100}
    };
    for (int samples : new int[] {1, 3}) {
      for (int[] size : sizes) {
        byte[] code = encoded(size[0], size[1], samples);
        byte[] ours =
            new JpegDecoder().decode(code, format(size[0], size[1], samples, 8, 8));
        assertThat(ours).as("%d x %d x %d", size[0], size[1], samples).isEqualTo(raster(code));
      }
    }
  }

  @Test
  void aScanForEachComponentEqualsTheDecoderOfTheJdkBitForBit()
      throws IOException, RejectedInputException {
    int[][] factors = {{1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}, {4, 2}};
    for (int[] factor : factors) {
      for (int[] size : new int[][] {{16, 16}, {17, 35}, {70, 41}}) {
        byte[] code = scans(size[0], size[1], factor[0], factor[1]);
        byte[] ours = new JpegDecoder().decode(code, format(size[0], size[1], 3, 8, 8));
        assertThat(ours)
            .as("%d x %d, %d x %d", size[0], size[1], factor[0], factor[1])
            .isEqualTo(raster(code));
      }
    }
  }

  @Test
  void restartsAfterEveryRowOfBlocksEqualTheDecoderOfTheJdk()
      throws IOException, RejectedInputException {
    for (int columns : new int[] {8, 21, 64}) {
      ByteArrayOutputStream code = new ByteArrayOutputStream();
      int strips = 11;
      byte[] strip = encoded(8, columns, 1);
      code.write(head(strip, 8 * strips, columns, new int[] {0x11}));
      code.write(new byte[] {(byte) 0xFF, (byte) 0xDD, 0, 4, 0, (byte) ((columns + 7) / 8)});
      code.write(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 0, 0, 0, 63, 0});
      for (int i = 0; i < strips; i++) {
        code.write(entropy(i % 2 == 0 ? strip : encoded(8, columns - 1 | 7, 1)));
        code.write(new byte[] {(byte) 0xFF, (byte) (i < strips - 1 ? 0xD0 + i % 8 : 0xD9)});
      }
      byte[] whole = code.toByteArray();
      byte[] ours = new JpegDecoder().decode(whole, format(8 * strips, columns, 1, 8, 8));
      assertThat(ours).as("%d columns", columns).isEqualTo(raster(whole));
    }
  }

  /** Three components, the first one larger than the others by factors, each in its own scan. */
  private static byte[] scans(int rows, int columns, int wide, int tall) throws IOException {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    code.write(
        head(encoded(8, 8, 1), rows, columns, new int[] {wide << 4 | tall, 0x11, 0x11}));
    for (int i = 0; i < 3; i++) {
      int across = i == 0 ? 1 : wide;
      int down = i == 0 ? 1 : tall;
      byte[] component =
          encoded((rows + down - 1) / down, (columns + across - 1) / across, 1);
      code.write(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, (byte) i, 0, 0, 63, 0});
      code.write(entropy(component));
    }
    code.write(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return code.toByteArray();
  }

  /** The tables of a grey image, and the header of a frame whose components use them. */
  private static byte[] head(byte[] grey, int rows, int columns, int[] factors) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    for (int at = 2; (grey[at + 1] & 0xFF) != 0xDA; at += 2 + length(grey, at)) {
      if ((grey[at + 1] & 0xFF) == 0xDB || (grey[at + 1] & 0xFF) == 0xC4) {
        head.write(grey, at, 2 + length(grey, at));
      }
    }
    head.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC0, 0, (byte) (8 + 3 * factors.length), 8});
    head.writeBytes(
        new byte[] {
          (byte) (rows >> 8), (byte) rows, (byte) (columns >> 8), (byte) columns,
          (byte) factors.length
        });
    for (int i = 0; i < factors.length; i++) {
      head.writeBytes(new byte[] {(byte) i, (byte) factors[i], 0});
    }
    return head.toByteArray();
  }

  /** What lies between the header of the only scan and the end of the image. */
  private static byte[] entropy(byte[] grey) {
    int at = 2;
    while ((grey[at + 1] & 0xFF) != 0xDA) {
      at += 2 + length(grey, at);
    }
    return Arrays.copyOfRange(grey, at + 2 + length(grey, at), grey.length - 2);
  }

  private static int length(byte[] code, int at) {
    return (code[at + 2] & 0xFF) << 8 | code[at + 3] & 0xFF;
  }

  private static byte[] encoded(int rows, int columns, int samples) throws IOException {
    BufferedImage image =
        new BufferedImage(
            columns,
            rows,
            samples == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Random random = new Random(rows * 1000L + columns);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int noise = random.nextInt(60);
        int rgb = (x * 5 + noise & 0xFF) << 16 | (y * 7 + noise & 0xFF) << 8 | x * y + noise & 0xFF;
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "jpeg", out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] raster(byte[] code) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in =
        ImageIO.createImageInputStream(new ByteArrayInputStream(code))) {
      reader.setInput(in);
      Raster raster = reader.readRaster(0, reader.getDefaultReadParam());
      int[] values =
          raster.getPixels(0, 0, raster.getWidth(), raster.getHeight(), (int[]) null);
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        bytes[i] = (byte) values[i];
      }
      return bytes;
    } finally {
      reader.dispose();
    }
  }

  @Test
  void aStreamCutOffAnywhereIsRefusedUnlessOnlyItsEndMarkerIsMissing() throws IOException {
    byte[] code = encoded(40, 40, 3);
    int refused = 0;
    for (int end = 0; end < code.length - 2; end++) {
      byte[] cut = Arrays.copyOf(code, end);
      try {
        new JpegDecoder().decode(cut, format(40, 40, 3, 8, 8));
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence);
        refused++;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(code.length - 3);
  }
}
