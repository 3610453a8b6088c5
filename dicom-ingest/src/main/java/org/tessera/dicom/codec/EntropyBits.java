package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/** The bits of an entropy-coded segment, without stuffing (ITU-T T.81 F.1.2.3). */
final class EntropyBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] code;
  private int at;
  private long window;
  private int count;

  /** Bits of the window that are no data: what is read past the end of a segment. */
  private int padding;

  EntropyBits(byte[] code, int at) {
    this.code = code;
    this.at = at;
  }

  private void fill() {
    if (at + 8 <= code.length && count <= 16) {
      long next = (long) LONG.get(code, at) & ~0xFFFFL;
      // No byte is FF if the complement has no zero byte.
      if ((~next - 0x0101010101010101L & next & 0x8080808080808080L) == 0) {
        window = window << 48 | next >>> 16;
        at += 6;
        count += 48;
        return;
      }
    }
    while (count <= 48) {
      int next = 0;
      boolean atMarker =
          at >= code.length
              || (code[at] == (byte) 0xFF && (at + 1 >= code.length || code[at + 1] != 0));
      if (atMarker) {
        padding += 8;
      } else {
        next = code[at] & 0xFF;
        at += next == 0xFF ? 2 : 1;
      }
      window = window << 8 | next;
      count += 8;
    }
  }

  /** The next 16 bits, not consumed; zeros behind the end. */
  int peek16() {
    if (count < 16) {
      fill();
    }
    return (int) (window >>> (count - 16)) & 0xFFFF;
  }

  void skip(int length) throws RejectedInputException {
    count -= length;
    if (count < padding) {
      throw new RejectedInputException("The JPEG stream is cut off.");
    }
  }

  /** Reads up to 16 bits and extends them as EXTEND of T.81 F.2.2.1 does. */
  int difference(int length) throws RejectedInputException {
    if (length == 0) {
      return 0;
    }
    int value = peek16() >>> (16 - length);
    skip(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** Drops what is left of the segment and steps over the restart marker behind it. */
  void restart() throws RejectedInputException {
    window = 0;
    count = 0;
    padding = 0;
    at = markerFrom(code, at);
    if (at + 1 >= code.length || (code[at + 1] & 0xF8) != 0xD0) {
      throw new RejectedInputException("The JPEG stream lacks a restart marker.");
    }
    at += 2;
  }

  /** Where the next marker is; the end of the code if there is none. */
  int markerPosition() {
    return markerFrom(code, Math.max(0, at - 8));
  }

  private static int markerFrom(byte[] code, int from) {
    for (int i = from; i + 1 < code.length; i++) {
      if (code[i] == (byte) 0xFF && code[i + 1] != 0 && code[i + 1] != (byte) 0xFF) {
        return i;
      }
    }
    return code.length;
  }
}
