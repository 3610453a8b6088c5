package org.tessera.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

/** What our encoders write, our decoders read; peers read it in {@code TranscoderTest}. */
class EncodersTest {

  private static PixelFormat format(Random random, int bits, int samples) {
    int allocated = bits > 8 || random.nextInt(4) == 0 ? 16 : 8;
    return new PixelFormat(
        1 + random.nextInt(40),
        1 + random.nextInt(70),
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

  /** Flat parts, ramps, noise and jumps, as real images have them. */
  private static byte[] values(Random random, PixelFormat format) {
    int most = (1 << format.bitsStored()) - 1;
    int kind = random.nextInt(4);
    byte[] values = new byte[(int) format.frameBytes()];
    int width = format.valueBytes();
    int value = random.nextInt(most + 1);
    for (int i = 0; i < values.length / width; i++) {
      value =
          switch (kind) {
            case 0 -> random.nextInt(12) == 0 ? random.nextInt(most + 1) : value;
            case 1 -> Math.clamp(value + random.nextInt(5) - 2, 0, most);
            case 2 -> random.nextInt(most + 1);
            default -> random.nextInt(9) == 0 ? most - value : value;
          };
      values[i * width] = (byte) value;
      if (width == 2) {
        values[i * width + 1] = (byte) (value >> 8);
      }
    }
    return values;
  }

  @Test
  void losslessJpegLsComesBackExactly() throws RejectedInputException {
    Random random = new Random(1);
    for (int i = 0; i < 1200; i++) {
      PixelFormat format = format(random, 2 + i % 15, i % 3 == 0 ? 3 : 1);
      byte[] values = values(random, format);
      byte[] code = new JpegLsEncoder().encode(values, format);
      assertThat(Arrays.equals(new JpegLsDecoder().decode(code, format), values))
          .as("%d: %s", i, format)
          .isTrue();
    }
  }

  @Test
  void nearLosslessJpegLsKeepsItsBound() throws RejectedInputException {
    Random random = new Random(2);
    int smaller = 0;
    for (int i = 0; i < 600; i++) {
      int bits = 4 + i % 13;
      int near = 1 + random.nextInt(Math.min(7, (1 << bits) / 2 - 1));
      PixelFormat format = format(random, bits, i % 3 == 0 ? 3 : 1);
      byte[] values = values(random, format);
      byte[] code = new JpegLsEncoder(near).encode(values, format);
      byte[] back = new JpegLsDecoder().decode(code, format);
      int width = format.valueBytes();
      int worst = 0;
      for (int at = 0; at < values.length; at += width) {
        worst = Math.max(worst, Math.abs(value(back, at, width) - value(values, at, width)));
      }
      assertThat(worst).as("%d: near %d, %s", i, near, format).isLessThanOrEqualTo(near);
      smaller += code.length <= new JpegLsEncoder().encode(values, format).length ? 1 : 0;
    }
    assertThat(smaller).isGreaterThan(400);
  }

  private static int value(byte[] values, int at, int width) {
    return values[at] & 0xFF | (width == 2 ? (values[at + 1] & 0xFF) << 8 : 0);
  }

  @Test
  void rleComesBackExactly() throws RejectedInputException {
    Random random = new Random(3);
    for (int i = 0; i < 800; i++) {
      PixelFormat format = format(random, 2 + i % 15, i % 3 == 0 ? 3 : 1);
      byte[] values = values(random, format);
      byte[] code = new RleEncoder().encode(values, format);
      assertThat(code.length % 2).isZero();
      assertThat(Arrays.equals(new RleDecoder().decode(code, format), values))
          .as("%d: %s", i, format)
          .isTrue();
    }
  }
}
