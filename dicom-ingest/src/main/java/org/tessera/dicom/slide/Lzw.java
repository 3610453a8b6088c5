package org.tessera.dicom.slide;

import org.tessera.casemodel.RejectedInputException;

/** LZW as TIFF uses it: codes of 9 to 12 bits, most significant bit first (TIFF 6.0 section 13). */
final class Lzw {
  private static final int CLEAR = 256;
  private static final int END = 257;
  private static final int FIRST = 258;
  private static final int MOST = 4096;

  private static final int WIDEST = 12;

  private Lzw() {}

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
    byte[] target = new byte[length];
    if (expand(code, target) < length) {
      throw new RejectedInputException("A tile of the slide is shorter than its size needs.");
    }
    return target;
  }

  /**
   * A string of the table is the one before it and a byte, both as they were written: a place in
   * the output and a length.
   *
   * @return bytes that were written
   */
  private static int expand(byte[] code, byte[] target) throws RejectedInputException {
    int[] starts = new int[MOST];
    int[] lengths = new int[MOST];
    int written = 0;
    int free = FIRST;
    int width = 9;
    int beforeStart = 0;
    // 0 right after a clear code, when nothing is before.
    int beforeLength = 0;
    int at = 0;
    int window = 0;
    int held = 0;
    while (written < target.length) {
      while (held < WIDEST && at < code.length) {
        window = window << 8 | code[at++] & 0xFF;
        held += 8;
      }
      if (held < width) {
        break;
      }
      held -= width;
      int symbol = window >>> held & (1 << width) - 1;
      if (symbol == CLEAR) {
        free = FIRST;
        width = 9;
        beforeLength = 0;
        continue;
      }
      if (symbol == END) {
        break;
      }
      if (symbol > free || (symbol == free && beforeLength == 0)) {
        throw new RejectedInputException("The LZW code of a tile is damaged.");
      }
      if (beforeLength > 0 && free < MOST) {
        starts[free] = beforeStart;
        lengths[free] = beforeLength + 1;
        free++;
        // Codes grow one code early (TIFF 6.0 section 13).
        if (free + 1 >= 1 << width && width < WIDEST) {
          width++;
        }
      }
      beforeStart = written;
      if (symbol < CLEAR) {
        target[written++] = (byte) symbol;
        beforeLength = 1;
      } else {
        beforeLength = lengths[symbol];
        written = copy(target, starts[symbol], written, beforeLength);
      }
    }
    return written;
  }

  /** Copies forward byte by byte: the string may overlap with what it produces. */
  private static int copy(byte[] target, int from, int to, int count) {
    int end = Math.min(to + count, target.length);
    for (int i = to, j = from; i < end; i++, j++) {
      target[i] = target[j];
    }
    return end;
  }
}
