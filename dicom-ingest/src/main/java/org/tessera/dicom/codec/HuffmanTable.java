package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** A canonical Huffman table of a JPEG stream (ITU-T T.81 C, F.2.2.3). */
final class HuffmanTable {
  static final int LOOKAHEAD = 9;

  /** Index: the next nine bits. Value: length of the code in the high, symbol in the low byte. */
  private final short[] quick = new short[1 << LOOKAHEAD];

  private final int[] largest = new int[18];
  private final int[] shift = new int[17];
  private final byte[] symbols;

  /**
   * Builds the table.
   *
   * @param counts number of codes of each length, 1 to 16 bits
   * @param symbols the symbols, in the order of their codes
   */
  HuffmanTable(int[] counts, byte[] symbols) throws RejectedInputException {
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
          for (int entry = first; entry < first + count; entry++) {
            quick[entry] = (short) (length << 8 | symbols[index] & 0xFF);
          }
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

  /** Reads one symbol. */
  int next(EntropyBits bits) throws RejectedInputException {
    int window = bits.peek16();
    int entry = quick[window >>> (16 - LOOKAHEAD)];
    if (entry != 0) {
      bits.skip(entry >>> 8);
      return entry & 0xFF;
    }
    for (int length = LOOKAHEAD + 1; length <= 16; length++) {
      int code = window >>> (16 - length);
      if (code <= largest[length]) {
        int index = code + shift[length];
        if (index < 0 || index >= symbols.length) {
          break;
        }
        bits.skip(length);
        return symbols[index] & 0xFF;
      }
    }
    throw new RejectedInputException("The JPEG stream is damaged.");
  }
}
