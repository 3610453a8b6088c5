package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/** The bits of a JPEG-LS scan: after a byte FF, one bit is stuffed (ITU-T T.87 A.1). */
final class JpegLsBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** With fewer bits than this it is time to {@link #fill}. */
  static final int ENOUGH = 32;

  private final byte[] code;
  private int at;

  /** The next bits, from the highest down; zeros behind them. */
  long window;

  /** How many there are. */
  int there;

  private boolean afterFf;

  JpegLsBits(byte[] code, int at) {
    this.code = code;
    this.at = at;
  }

  /** Brings at least {@link #ENOUGH} bits, if the scan has as many. */
  void fill() {
    if (!afterFf && at + 8 <= code.length) {
      long next = (long) LONG.get(code, at);
      // No byte is FF if the complement has no zero byte.
      if ((~next - 0x0101010101010101L & next & 0x8080808080808080L) == 0) {
        int bytes = 64 - there >>> 3;
        if (bytes > 0) {
          int bits = 8 * bytes;
          window |= next >>> 64 - bits << 64 - bits - there;
          there += bits;
          at += bytes;
        }
        return;
      }
    }
    fillByBytes();
  }

  private void fillByBytes() {
    while (there <= 56 && at < code.length) {
      int next = code[at] & 0xFF;
      if (afterFf) {
        if (next >= 0x80) {
          return;
        }
        window |= (long) next << 57 - there;
        there += 7;
      } else {
        window |= (long) next << 56 - there;
        there += 8;
      }
      afterFf = next == 0xFF;
      at++;
    }
  }

  private void require(int bits) throws RejectedInputException {
    if (there < bits) {
      fill();
      if (there < bits) {
        throw new RejectedInputException("The JPEG-LS stream is cut off.");
      }
    }
  }

  /** The next bits as a number; at most 32. */
  int bits(int count) throws RejectedInputException {
    if (count == 0) {
      return 0;
    }
    require(count);
    int value = (int) (window >>> 64 - count);
    window <<= count;
    there -= count;
    return value;
  }

  /** True if the next bit is 1. */
  boolean bit() throws RejectedInputException {
    require(1);
    boolean set = window < 0;
    window <<= 1;
    there--;
    return set;
  }

  /**
   * A number in the length-limited Golomb code (T.87 A.5.3).
   *
   * @param order of the code
   * @param limit longest code
   * @param escaped bits of a number that is written out
   */
  int golomb(int order, int limit, int escaped) throws RejectedInputException {
    int most = limit - escaped - 1;
    int zeros = zeros(most);
    return zeros < most ? zeros << order | bits(order) : bits(escaped) + 1;
  }

  /** Counts zeros up to the next one, which is taken as well. */
  private int zeros(int most) throws RejectedInputException {
    if (there < ENOUGH) {
      fill();
    }
    int first = Long.numberOfLeadingZeros(window);
    if (first < there && first <= most) {
      window = window << first << 1;
      there -= first + 1;
      return first;
    }
    return manyZeros(most);
  }

  private int manyZeros(int most) throws RejectedInputException {
    int zeros = 0;
    while (true) {
      require(1);
      int here = Math.min(Long.numberOfLeadingZeros(window), there);
      zeros += here;
      if (zeros > most) {
        throw new RejectedInputException("The JPEG-LS stream is damaged.");
      }
      if (here < there) {
        window = here == 63 ? 0 : window << here + 1;
        there -= here + 1;
        return zeros;
      }
      window = 0;
      there = 0;
    }
  }

  /** Place of the marker that ends this run of bits; bits left of its last byte are padding. */
  int markerPosition() {
    int place = Math.max(0, at - there / 8 - 1);
    while (place + 1 < code.length && (code[place] != (byte) 0xFF || code[place + 1] >= 0)) {
      place++;
    }
    return place;
  }
}
