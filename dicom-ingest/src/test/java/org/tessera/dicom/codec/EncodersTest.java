package org.tessera.dicom.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.TestData;
import org.tessera.dicom.codec.JpegLsEncoder.Interleave;

/** What our encoders write, our decoders read: seeded shapes of every kind. */
class EncodersTest {
  private static final int SHAPES = 600;

  private static PixelFormat shape(Random random, int allocated, int bits, int samples) {
    return new PixelFormat(
        1 + random.nextInt(70),
        1 + random.nextInt(70),
        samples,
        1,
        allocated,
        bits,
        bits - 1,
        false,
        samples == 3 ? "RGB" : "MONOCHROME2",
        false,
        false);
  }

  /** Flat areas, slopes and noise, so that runs, their ends and long codes all come up. */
  private static byte[] cells(Random random, PixelFormat format) {
    int width = format.valueBytes();
    byte[] cells = new byte[(int) format.frameBytes()];
    long most = (1L << format.bitsStored()) - 1;
    int noise = 1 << random.nextInt(Math.min(31, format.bitsStored() + 1));
    long value = random.nextLong() & most;
    boolean flat = true;
    for (int at = 0; at < cells.length; at += width) {
      if (random.nextInt(20) == 0) {
        flat = !flat;
      }
      if (!flat) {
        value = value + random.nextInt(noise) - noise / 2 & most;
      }
      for (int i = 0; i < width; i++) {
        cells[at + i] = (byte) (value >> 8 * i);
      }
    }
    return cells;
  }

  @Test
  void jpegLsIsExactOrAsNearAsAsked() throws RejectedInputException {
    for (int seed = 0; seed < SHAPES; seed++) {
      Random random = new Random(seed);
      int bits = 2 + random.nextInt(15);
      int samples = new int[] {1, 3, 4}[random.nextInt(3)];
      PixelFormat format = shape(random, bits > 8 || seed % 5 == 0 ? 16 : 8, bits, samples);
      int near = seed % 2 == 0 ? 0 : random.nextInt(Math.min(255, ((1 << bits) - 1) / 2) + 1);
      Interleave interleave = Interleave.values()[random.nextInt(3)];
      int restart = seed % 7 == 0 ? 1 + random.nextInt(9) : 0;
      byte[] cells = cells(random, format);
      byte[] code = new JpegLsEncoder(near, interleave, restart).encode(cells, format);
      assertThat(code.length % 2).isZero();
      byte[] decoded = new JpegLsDecoder().decode(code, format);
      String shape = "seed %d, %s, near %d, %s".formatted(seed, format, near, interleave);
      assertThat(largestDifference(cells, decoded, format.valueBytes()))
          .as(shape)
          .isLessThanOrEqualTo(near);
    }
  }

  private static int largestDifference(byte[] one, byte[] other, int width) {
    int largest = one.length == other.length ? 0 : Integer.MAX_VALUE;
    for (int at = 0; at < one.length; at += width) {
      largest = Math.max(largest, Math.abs(value(one, at, width) - value(other, at, width)));
    }
    return largest;
  }

  private static int value(byte[] cells, int at, int width) {
    return width == 1 ? cells[at] & 0xFF : cells[at] & 0xFF | (cells[at + 1] & 0xFF) << 8;
  }

  @Test
  void rleAndDeflateAreExactForEveryCell() throws RejectedInputException {
    for (int seed = 0; seed < SHAPES; seed++) {
      Random random = new Random(seed);
      int allocated = new int[] {1, 8, 16, 32, 64}[random.nextInt(5)];
      int samples = allocated == 8 || allocated == 16 ? new int[] {1, 3, 4}[seed % 3] : 1;
      PixelFormat format =
          shape(random, allocated, Math.min(allocated, 1 + random.nextInt(64)), samples);
      byte[] cells = cells(random, format);
      byte[] rle = new RleEncoder().encode(cells, format);
      byte[] deflated = new DeflatedFrameEncoder().encode(cells, format);
      assertThat(rle.length % 2 + deflated.length % 2).isZero();
      assertThat(new RleDecoder().decode(rle, format)).as("seed %d", seed).isEqualTo(cells);
      assertThat(new DeflatedFrameDecoder().decode(deflated, format))
          .as("seed %d", seed)
          .isEqualTo(cells);
    }
  }

  @Test
  void cellsWithBitsBeyondTheStoredOnesKeepThem() throws RejectedInputException {
    Random random = new Random(5);
    PixelFormat format = shape(random, 16, 12, 1);
    byte[] cells = new byte[(int) format.frameBytes()];
    random.nextBytes(cells);
    byte[] code = new JpegLsEncoder().encode(cells, format);
    assertThat(new JpegLsDecoder().decode(code, format)).isEqualTo(cells);
  }

  @Test
  void shapesThatASyntaxDoesNotHoldAreRefused() {
    Random random = new Random(6);
    PixelFormat wide = shape(random, 32, 32, 1);
    PixelFormat colours = shape(random, 32, 32, 4);
    byte[] cells = new byte[(int) colours.frameBytes()];
    assertThatThrownBy(() -> new JpegLsEncoder().encode(cells, wide))
        .isInstanceOfSatisfying(
            RejectedInputException.class,
            e -> assertThat(e.sentence()).matches(TestData::isOneSentence));
    assertThatThrownBy(() -> new RleEncoder().encode(cells, colours))
        .isInstanceOf(RejectedInputException.class);
  }

  @Test
  void damagedJpegLsIsRefusedOrDecodedAndNeverElse() throws RejectedInputException {
    int refused = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      PixelFormat format = shape(random, 16, 2 + random.nextInt(15), seed % 2 == 0 ? 1 : 3);
      byte[] code =
          new JpegLsEncoder(0, Interleave.values()[seed % 3]).encode(cells(random, format), format);
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        code[random.nextInt(code.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(new JpegLsDecoder().decode(code, format))
            .hasSize((int) format.frameBytes());
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).matches(TestData::isOneSentence);
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 2000);
  }
}
