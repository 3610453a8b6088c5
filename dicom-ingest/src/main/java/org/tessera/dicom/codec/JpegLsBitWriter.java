package org.tessera.dicom.codec;

import java.util.Arrays;

/** Writes the bits of a JPEG-LS scan; after a byte FF, one zero is stuffed (ITU-T T.87 A.1). */
final class JpegLsBitWriter {
  private byte[] code;
  private int size;
  private long buffer;
  private int pending;

  JpegLsBitWriter(int capacity) {
    this.code = new byte[capacity];
  }

  /** Writes bytes as they are; only between scans. */
  void bytes(int... values) {
    for (int value : values) {
      append(value);
    }
  }

  private void append(int value) {
    if (size == code.length) {
      code = Arrays.copyOf(code, Math.max(64, size + (size >> 1)));
    }
    code[size++] = (byte) value;
  }

  /** Writes the low bits of a number; at most 32. */
  void bits(int value, int count) {
    if (count == 0) {
      return;
    }
    buffer = buffer << count | value & (1L << count) - 1;
    pending += count;
    drain();
  }

  private void drain() {
    while (pending >= 8) {
      int room = afterFf() ? 7 : 8;
      append((int) (buffer >>> pending - room) & (1 << room) - 1);
      pending -= room;
    }
  }

  private boolean afterFf() {
    return size > 0 && code[size - 1] == (byte) 0xFF;
  }

  /** Writes a number in the length-limited Golomb code (T.87 A.5.3). */
  void golomb(int value, int order, int limit, int escaped) {
    int most = limit - escaped - 1;
    int high = value >>> order;
    zeros(Math.min(high, most));
    bits(1, 1);
    if (high < most) {
      bits(value, order);
    } else {
      bits(value - 1, escaped);
    }
  }

  private void zeros(int count) {
    int left = count;
    while (left > 32) {
      bits(0, 32);
      left -= 32;
    }
    bits(0, left);
  }

  /** Fills the last byte with zeros; no FF stays without its stuffed byte. */
  void flush() {
    while (pending > 0) {
      int room = afterFf() ? 7 : 8;
      if (pending < room) {
        buffer <<= room - pending;
        pending = room;
      }
      append((int) (buffer >>> pending - room) & (1 << room) - 1);
      pending -= room;
    }
    if (afterFf()) {
      append(0);
    }
  }

  /** All that was written, padded to an even length. */
  byte[] evenBytes() {
    return Arrays.copyOf(code, size + (size & 1));
  }
}
