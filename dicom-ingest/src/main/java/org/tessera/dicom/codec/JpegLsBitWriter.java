package org.tessera.dicom.codec;

import java.util.Arrays;

/** Writes the bits of a JPEG-LS scan: after a byte FF, one bit is stuffed (ITU-T T.87 A.1). */
final class JpegLsBitWriter {
  private byte[] bytes;
  private int size;
  private long buffer;
  private int there;

  JpegLsBitWriter(byte[] head) {
    bytes = Arrays.copyOf(head, Math.max(1024, 2 * head.length));
    size = head.length;
  }

  /** Writes the low bits of a value; at most 32. */
  void write(int value, int count) {
    if (count == 0) {
      return;
    }
    buffer = buffer << count | value & (1L << count) - 1;
    there += count;
    flush(false);
  }

  private void flush(boolean end) {
    while (true) {
      int room = size > 0 && bytes[size - 1] == (byte) 0xFF ? 7 : 8;
      if (there < room) {
        if (!end || there == 0 && room == 8) {
          return;
        }
        buffer <<= room - there;
        there = room;
      }
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * size);
      }
      there -= room;
      bytes[size++] = (byte) (buffer >>> there & (1 << room) - 1);
    }
  }

  /** A number in the length-limited Golomb code (T.87 A.5.3). */
  void golomb(int value, int order, int limit, int escaped) {
    int most = limit - escaped - 1;
    int zeros = value >>> order;
    if (zeros < most) {
      zeros(zeros);
      write(1, 1);
      write(value, order);
    } else {
      zeros(most);
      write(1, 1);
      write(value - 1, escaped);
    }
  }

  private void zeros(int count) {
    for (int left = count; left > 0; left -= 32) {
      write(0, Math.min(32, left));
    }
  }

  /** All bytes, the last one filled with zeros, and the end-of-image marker. */
  byte[] end() {
    flush(true);
    byte[] all = Arrays.copyOf(bytes, size + 2);
    all[size] = (byte) 0xFF;
    all[size + 1] = (byte) 0xD9;
    return all;
  }
}
