package org.tessera.dicom.image;

import java.util.Arrays;
import java.util.List;

/**
 * Frames of one bit per value on their way into native pixel data: packed without a gap, so that a
 * frame may begin inside a byte (PS3.5 8.1.1, as for binary segmentations).
 */
final class PackedBits {
  private int pending;
  private int count;

  /** Packs frames, one byte per value, the last byte filled with zeros. */
  static byte[] of(List<byte[]> frames) {
    long values = frames.stream().mapToLong(frame -> frame.length).sum();
    byte[] packed = new byte[Math.toIntExact((values + 7) / 8)];
    PackedBits bits = new PackedBits();
    int at = 0;
    for (byte[] frame : frames) {
      byte[] part = bits.add(frame);
      System.arraycopy(part, 0, packed, at, part.length);
      at += part.length;
    }
    byte[] rest = bits.rest();
    System.arraycopy(rest, 0, packed, at, rest.length);
    return packed;
  }

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
