package org.tessera.dicom.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.dicom.codec.PixelFormat;

/** Every place and number of stored bits, against arithmetic on whole numbers. */
class StoredBitsTest {
  private static final int COLUMNS = 13;

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32, 64})
  void keepsTheStoredBits(int allocated) {
    Random random = new Random(allocated);
    for (int stored = 1; stored <= allocated; stored++) {
      for (int high = stored - 1; high < allocated; high++) {
        for (boolean signed : new boolean[] {false, true}) {
          PixelFormat format =
              new PixelFormat(
                  1, COLUMNS, 1, 1, allocated, stored, high, signed, "MONOCHROME2", false, false);
          byte[] values = new byte[COLUMNS * allocated / 8];
          random.nextBytes(values);
          byte[] expected = expected(values, format);
          StoredBits.align(values, format);
          assertArrayEquals(expected, values, format.toString());
        }
      }
    }
  }

  private static byte[] expected(byte[] values, PixelFormat format) {
    int width = format.valueBytes();
    byte[] expected = new byte[values.length];
    for (int at = 0; at < values.length; at += width) {
      BigInteger value = BigInteger.ZERO;
      for (int i = width - 1; i >= 0; i--) {
        value = value.shiftLeft(8).add(BigInteger.valueOf(values[at + i] & 0xFF));
      }
      value =
          value
              .shiftRight(format.highBit() + 1 - format.bitsStored())
              .mod(BigInteger.TWO.pow(format.bitsStored()));
      if (format.signed() && value.testBit(format.bitsStored() - 1)) {
        value = value.subtract(BigInteger.TWO.pow(format.bitsStored()));
      }
      for (int i = 0; i < width; i++) {
        expected[at + i] = value.shiftRight(8 * i).byteValue();
      }
    }
    return expected;
  }
}
