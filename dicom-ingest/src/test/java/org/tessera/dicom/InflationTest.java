package org.tessera.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;

/** Kept at once below an eighth of the limit, inflated twice above it: the bytes are the same. */
class InflationTest {
  private static final int LIMIT = 1 << 21;

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 262_144, 524_288, 524_289, LIMIT - 1, LIMIT})
  void givesBackWhatWasDeflated(int length) throws RejectedInputException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Arrays.fill(bytes, length / 2, length, (byte) 7);
    FileBytes inflated = Inflation.inflate(FileBytes.of(deflated(bytes, 3)), 3, LIMIT);
    assertArrayEquals(bytes, Bytes.of(inflated).toArray());
  }

  @Test
  void aByteBeyondTheLimitIsRefused() {
    FileBytes bomb = FileBytes.of(deflated(new byte[LIMIT + 1], 0));
    String sentence =
        assertThrows(RejectedInputException.class, () -> Inflation.inflate(bomb, 0, LIMIT))
            .getMessage();
    assertEquals(
        "The deflated data set grows beyond the 2,097,152 bytes that are read.", sentence);
  }

  @ParameterizedTest
  @ValueSource(ints = {40_000, 1_000_000})
  void aCutStreamIsRefused(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    byte[] whole = deflated(bytes, 0);
    FileBytes cut = FileBytes.of(Arrays.copyOf(whole, whole.length - 9));
    String sentence =
        assertThrows(RejectedInputException.class, () -> Inflation.inflate(cut, 0, LIMIT))
            .getMessage();
    assertEquals("The deflated data set is cut off.", sentence);
  }

  private static byte[] deflated(byte[] bytes, int before) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] target = new byte[before + bytes.length + bytes.length / 100 + 64];
    int length = deflater.deflate(target, before, target.length - before);
    deflater.end();
    return Arrays.copyOf(target, before + length);
  }
}
