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
