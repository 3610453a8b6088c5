package org.tessera.dicom.codec;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/** A canonical Huffman table of a JPEG stream (ITU-T T.81 C, F.2.2.3). */
final class HuffmanTable {
  private static final int LOOKAHEAD = 9;

  /** Bits of a code and its value that are looked up at once. */
  private static final int FUSED = 11;

  /** Bits of a window of 64 that {@link #values} does not look at. */
  static final int UNUSED = 64 - FUSED;

  /** A run that says that nothing follows in the block (EOB, T.81 F.1.2.2.1). */
  static final int END_OF_BLOCK = 128;

  /** Index: the next nine bits. Value: length of the code in the high, symbol in the low byte. */
  private final short[] quick = new short[1 << LOOKAHEAD];

  /**
   * A code with the value behind it, where both are short. Index: the next 11 bits. Value: the
   * extended value in the high 16 bits, then the zeros that come before it (or {@link
   * #END_OF_BLOCK}) in 8 bits, then the number of bits of both; 0 if they are longer.
   */
  final int[] values = new int[1 << FUSED];

  private final int[] largest = new int[18];
  private final int[] shift = new int[17];
  private final byte[] symbols;

  /**
   * Builds the table.
   *
   * @param counts number of codes of each length, 1 to 16 bits
   * @param symbols the symbols, in the order of their codes
   * @param runs the symbols say how many zeros come before a value (T.81 F.1.2.2)
   */
  HuffmanTable(int[] counts, byte[] symbols, boolean runs) throws RejectedInputException {
    this.symbols = symbols.clone();
    int code = 0;
    int index = 0;
    for (int length = 1; length <= 16; length++) {
      shift[length] = index - code;
      for (int i = 0; i < counts[length - 1]; i++, code++, index++) {
        if (length <= LOOKAHEAD) {
          int first = code << (LOOKAHEAD - length);
          int count = 1 << (LOOKAHEAD - length);
          if (first + count > quick.length) {
            throw new RejectedInputException("A Huffman table of the JPEG stream is damaged.");
          }
          int symbol = symbols[index] & 0xFF;
          Arrays.fill(quick, first, first + count, (short) (length << 8 | symbol));
          enterValues(code, length, symbol, runs);
        }
      }
      largest[length] = counts[length - 1] == 0 ? -1 : code - 1;
      if (code > 1 << length) {
        throw new RejectedInputException("A Huffman table of the JPEG stream is damaged.");
      }
      code <<= 1;
    }
    largest[17] = Integer.MAX_VALUE;
  }

  /** Enters what may follow a code: every value behind it, and whatever bits come then. */
  private void enterValues(int code, int length, int symbol, boolean runs) {
    int size = runs ? symbol & 15 : symbol;
    int used = length + size;
    if (used > FUSED) {
      return;
    }
    int each = 1 << FUSED - used;
    int at = code << FUSED - length;
    if (size == 0) {
      int run = !runs ? 0 : symbol == 0xF0 ? 15 : END_OF_BLOCK;
      Arrays.fill(values, at, at + each, run << 8 | used);
      return;
    }
    int zeros = (runs ? symbol >>> 4 : 0) << 8;
    for (int raw = 0; raw < 1 << size; raw++, at += each) {
      int value = raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
      Arrays.fill(values, at, at + each, value << 16 | zeros | used);
    }
  }

  /**
   * Finds a code.
   *
   * @param window the next 16 bits
   * @return its length in the second, its symbol in the lowest byte; 0 if there is none
   */
  int find(int window) {
    int entry = quick[window >>> (16 - LOOKAHEAD)];
    if (entry != 0) {
      return entry;
    }
    for (int length = LOOKAHEAD + 1; length <= 16; length++) {
      int code = window >>> (16 - length);
      if (code <= largest[length]) {
        int index = code + shift[length];
        return index < 0 || index >= symbols.length ? 0 : length << 8 | symbols[index] & 0xFF;
      }
    }
    return 0;
  }
}
