package org.tessera.dicom.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tessera.dicom.codec.PixelFormat;

/** Moves values to the low bits of their cells and extends their sign (PS3.5 8.1.1). */
final class StoredBits {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private StoredBits() {}

  /** Changes the values in place; bits outside the stored ones (old overlays) are dropped. */
  static void align(byte[] values, PixelFormat format) {
    int allocated = format.valueBytes() * 8;
    int shift = format.highBit() + 1 - format.bitsStored();
    if (format.bitsAllocated() == 1 || (format.bitsStored() == allocated && shift == 0)) {
      return;
    }
    int width = format.valueBytes();
    if (width == 2) {
      alignWords(values, shift, 32 - format.bitsStored(), format.signed());
      return;
    }
    int unused = 64 - format.bitsStored();
    for (int at = 0; at < values.length; at += width) {
      long value = 0;
      for (int i = 0; i < width; i++) {
        value |= (values[at + i] & 0xFFL) << (8 * i);
      }
      long moved = value >>> shift << unused;
      moved = format.signed() ? moved >> unused : moved >>> unused;
      for (int i = 0; i < width; i++) {
        values[at + i] = (byte) (moved >> (8 * i));
      }
    }
  }

  private static void alignWords(byte[] values, int shift, int unused, boolean signed) {
    for (int at = 0; at + 1 < values.length; at += 2) {
      int high = ((short) WORD.get(values, at) & 0xFFFF) >>> shift << unused;
      WORD.set(values, at, (short) (signed ? high >> unused : high >>> unused));
    }
  }
}
