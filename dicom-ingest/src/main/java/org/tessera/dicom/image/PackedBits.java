package org.tessera.dicom.image;

import java.util.Arrays;

/**
 * Frames of one bit per value on their way into native pixel data: packed without a gap, so that a
 * frame may begin inside a byte (PS3.5 8.1.1, as for binary segmentations).
 */
final class PackedBits {
  private int pending;
  private int count;

  /** Packs the values of a frame, one byte each; bits that fill no byte wait for the next call. */
  byte[] add(byte[] values) {
    byte[] packed = new byte[(count + values.length) / 8];
    int at = 0;
    for (byte value : values) {
      pending |= (value & 1) << count;
      if (++count == 8) {
        packed[at++] = (byte) pending;
        pending = 0;
        count = 0;
      }
    }
    return packed;
  }

  /** The bits that still wait, filled with zeros; empty if there are none. */
  byte[] rest() {
    byte[] last = {(byte) pending};
    return Arrays.copyOf(last, count == 0 ? 0 : 1);
  }
}
