package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/** A canonical Huffman table of a JPEG stream (ITU-T T.81 C, F.2.2.3). */
final class HuffmanTable {
  static final int LOOKAHEAD = 9;

  /** Index: the next nine bits. Value: length of the code in the high, symbol in the low byte. */
  private final short[] quick = new short[1 << LOOKAHEAD];

  /** Bits that {@link #coefficient} looks at. */
  private static final int FUSED = 11;

  /** Code and coefficient at once, where both are short; see {@link #coefficient}. */
  private final int[] fused = new int[1 << FUSED];

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
    for (int window = 0; window < fused.length; window++) {
      fused[window] = fused(window);
    }
  }

  private int fused(int window) {
    int entry = quick[window >>> (FUSED - LOOKAHEAD)];
    int size = entry & 15;
    int used = (entry >>> 8) + size;
    if (size == 0 || used > FUSED) {
      return 0;
    }
    int raw = window >>> (FUSED - used) & ((1 << size) - 1);
    int value = raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw;
    return value << 16 | (entry >>> 4 & 15) << 8 | used;
  }

  /**
   * A run of zeros and the coefficient behind it (T.81 F.1.2.2), if both lie in the next bits.
   *
   * @param window the next 16 bits
   * @return the value in the high 16 bits, then the run, then the number of bits in the low 8; 0 if
   *     this has to be read bit by bit
   */
  int coefficient(int window) {
    return fused[window >>> (16 - FUSED)];
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
