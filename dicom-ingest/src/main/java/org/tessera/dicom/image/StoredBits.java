package org.tessera.dicom.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.tessera.dicom.codec.PixelFormat;

/** Moves values to the low bits of their cells and extends their sign (PS3.5 8.1.1). */
final class StoredBits {
  private static final VarHandle CELLS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private StoredBits() {}

  /** Changes the values in place; bits outside the stored ones (old overlays) are dropped. */
  static void align(byte[] values, PixelFormat format) {
    int cell = format.valueBytes() * 8;
    int shift = format.highBit() + 1 - format.bitsStored();
    if (format.bitsAllocated() == 1 || (format.bitsStored() == cell && shift == 0)) {
      return;
    }
    alignCells(values, cell, shift, format.bitsStored(), format.signed());
  }

  /** Eight bytes at a time: whole cells side by side in a long, the first in its low bits. */
  private static void alignCells(byte[] values, int cell, int shift, int stored, boolean signed) {
    long lowest = Long.divideUnsigned(-1, lowBits(cell));
    long kept = lowest * lowBits(stored);
    long extension = signed ? lowBits(cell) & ~lowBits(stored) : 0;
    int whole = values.length & -Long.BYTES;
    for (int at = 0; at < whole; at += Long.BYTES) {
      long value = (long) CELLS.get(values, at) >>> shift & kept;
      CELLS.set(values, at, value | (value >>> stored - 1 & lowest) * extension);
    }
    if (whole < values.length) {
      byte[] rest = Arrays.copyOf(Arrays.copyOfRange(values, whole, values.length), Long.BYTES);
      alignCells(rest, cell, shift, stored, signed);
      System.arraycopy(rest, 0, values, whole, values.length - whole);
    }
  }

  private static long lowBits(int count) {
    return -1L >>> 64 - count;
  }
}
