package org.tessera.dicom.slide;

import org.tessera.casemodel.RejectedInputException;

/** LZW as TIFF uses it: codes of 9 to 12 bits, most significant bit first (TIFF 6.0 section 13). */
final class Lzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int MOST = 4096;

  private final byte[] code;
  private int at;
  private int window;
  private int held;

  private Lzw(byte[] code) {
    this.code = code;
  }

  /**
   * Expands a strip or tile.
   *
   * @param length bytes that it must have; more are dropped
   */
  static byte[] expand(byte[] code, int length) throws RejectedInputException {
    if (code.length > 1 && code[0] == 0 && (code[1] & 1) == 1) {
      throw new RejectedInputException(
          "The TIFF file uses LZW with its bits in reverse, as before 1988, which is not read.");
    }
    return new Lzw(code).expand(length);
  }

  private int next(int width) {
    while (held < width) {
      if (at >= code.length) {
        return END;
      }
      window = window << 8 | code[at++] & 0xFF;
      held += 8;
    }
    held -= width;
    return window >>> held & ((1 << width) - 1);
  }

  /** A string of the table is where it was written last: a place in the output and a length. */
  private byte[] expand(int length) throws RejectedInputException {
    byte[] target = new byte[length];
    int[] starts = new int[MOST];
    int[] lengths = new int[MOST];
    int written = 0;
    int free = FIRST;
    int width = 9;
    int before = -1;
    int beforeStart = 0;
    int beforeLength = 0;
    while (written < length) {
      int symbol = next(width);
      if (symbol == END) {
        break;
      }
      if (symbol == CLEAR) {
        free = FIRST;
        width = 9;
        before = -1;
        continue;
      }
      if (symbol > free || (symbol == free && before < 0) || symbol >= MOST) {
        throw new RejectedInputException("The LZW code of a tile is damaged.");
      }
      int start = written;
      int count;
      if (symbol < CLEAR) {
        target[written] = (byte) symbol;
        count = 1;
      } else if (symbol < free) {
        count = lengths[symbol];
        copy(target, starts[symbol], written, count);
      } else {
        count = beforeLength + 1;
        copy(target, beforeStart, written, count);
      }
      if (before >= 0 && free < MOST) {
        starts[free] = beforeStart;
        lengths[free] = beforeLength + 1;
        free++;
        // Codes grow one code early (TIFF 6.0 section 13).
        if (free + 1 >= 1 << width && width < 12) {
          width++;
        }
      }
      before = symbol;
      beforeStart = start;
      beforeLength = count;
      written += Math.min(count, length - written);
    }
    if (written < length) {
      throw new RejectedInputException("A tile of the slide is shorter than its size needs.");
    }
    return target;
  }

  /** Copies forward byte by byte: the string may overlap with what it produces. */
  private static void copy(byte[] target, int from, int to, int count) {
    int end = Math.min(to + count, target.length);
    for (int i = to, j = from; i < end; i++, j++) {
      target[i] = target[j];
    }
  }
}
