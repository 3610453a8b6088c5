package org.tessera.dicom.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tessera.casemodel.RejectedInputException;

/**
 * The bits of an entropy-coded segment, without stuffing (ITU-T T.81 F.1.2.3). Loops over many
 * codes live here, where the state of the reader can stay in registers.
 */
final class EntropyBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bits that are there before a code is read: the longest one, and its value behind it. */
  private static final int ENOUGH = 32;

  private final byte[] code;
  private int at;

  /** The next bits, from the highest down; zeros behind the end of the segment. */
  private long window;

  /** How many of them are data; below zero once more than that has been taken. */
  private int count;

  EntropyBits(byte[] code, int at) {
    this.code = code;
    this.at = at;
  }

  private void fill() throws RejectedInputException {
    requireData();
    if (at + 8 <= code.length) {
      long next = (long) LONG.get(code, at);
      // No byte is FF if the complement has no zero byte.
      if ((~next - 0x0101010101010101L & next & 0x8080808080808080L) == 0) {
        // Bits of a byte that is not counted yet are read again, as the same bits.
        window |= next >>> count;
        int bytes = 63 - count >>> 3;
        at += bytes;
        count += 8 * bytes;
        return;
      }
    }
    fillByBytes();
  }

  private void fillByBytes() {
    while (count <= 56 && at < code.length) {
      long next = code[at] & 0xFF;
      if (next == 0xFF) {
        if (at + 1 >= code.length || code[at + 1] != 0) {
          return;
        }
        at++;
      }
      at++;
      window |= next << 56 - count;
      count += 8;
    }
  }

  /**
   * Checks that no more has been taken than there was.
   *
   * @throws RejectedInputException if the segment ended before
   */
  void requireData() throws RejectedInputException {
    if (count < 0) {
      throw new RejectedInputException("The JPEG stream is cut off.");
    }
  }

  private RejectedInputException damaged() throws RejectedInputException {
    requireData();
    return new RejectedInputException("The JPEG stream is damaged.");
  }

  private void skip(int length) {
    window <<= length;
    count -= length;
  }

  private int symbol(HuffmanTable table) throws RejectedInputException {
    if (count < ENOUGH) {
      fill();
    }
    int found = table.find((int) (window >>> 48));
    if (found == 0) {
      throw damaged();
    }
    skip(found >>> 8);
    return found & 0xFF;
  }

  /** Takes up to 16 bits and extends them as EXTEND of T.81 F.2.2.1 does. */
  private int extended(int length) throws RejectedInputException {
    if (length == 0) {
      return 0;
    }
    if (count < ENOUGH) {
      fill();
    }
    int value = (int) (window >>> 64 - length);
    skip(length);
    return value < 1 << (length - 1) ? value - (1 << length) + 1 : value;
  }

  /** Reads a difference (T.81 F.2.2.1), from -65,535 to 65,535. */
  int difference(HuffmanTable table) throws RejectedInputException {
    if (count < ENOUGH) {
      fill();
    }
    int entry = table.values[(int) (window >>> HuffmanTable.UNUSED)];
    if (entry != 0) {
      skip(entry & 0xFF);
      return entry >> 16;
    }
    int category = symbol(table);
    if (category > 16) {
      throw damaged();
    }
    return extended(category);
  }

  /** The same with the difference 32,768 of category 16 (T.81 H.1.2.2). */
  private int losslessDifference(HuffmanTable table) throws RejectedInputException {
    int category = symbol(table);
    if (category > 16) {
      throw damaged();
    }
    return category == 16 ? 32_768 : extended(category);
  }

  /** Reads the differences of a line of the lossless process, of several components in turn. */
  void differences(HuffmanTable[] tables, int[] line) throws RejectedInputException {
    long bits = window;
    int there = count;
    int component = 0;
    for (int x = 0; x < line.length; x++) {
      HuffmanTable table = tables[component];
      component = component + 1 == tables.length ? 0 : component + 1;
      if (there < ENOUGH) {
        window = bits;
        count = there;
        fill();
        bits = window;
        there = count;
      }
      int entry = table.values[(int) (bits >>> HuffmanTable.UNUSED)];
      if (entry == 0) {
        window = bits;
        count = there;
        line[x] = losslessDifference(table);
        bits = window;
        there = count;
      } else {
        bits <<= entry & 0xFF;
        there -= entry & 0xFF;
        line[x] = entry >> 16;
      }
    }
    window = bits;
    count = there;
    requireData();
  }

  /**
   * Reads the coefficients of a block behind the first (T.81 F.2.2.2).
   *
   * @param steps of quantization by place in the block
   * @param block takes what is not zero, dequantized
   * @return a bit for each place that was written
   */
  long coefficients(HuffmanTable table, int[] steps, int[] block) throws RejectedInputException {
    int[] values = table.values;
    long bits = window;
    int there = count;
    long places = 0;
    int k = 0;
    while (k < 63) {
      if (there < ENOUGH) {
        window = bits;
        count = there;
        fill();
        bits = window;
        there = count;
      }
      int entry = values[(int) (bits >>> HuffmanTable.UNUSED)];
      int value;
      if (entry != 0) {
        bits <<= entry & 0xFF;
        there -= entry & 0xFF;
        k += (entry >>> 8 & 0xFF) + 1;
        value = entry >> 16;
      } else {
        window = bits;
        count = there;
        int symbol = symbol(table);
        int size = symbol & 15;
        k += size == 0 && symbol != 0xF0 ? HuffmanTable.END_OF_BLOCK : (symbol >> 4) + 1;
        value = extended(size);
        bits = window;
        there = count;
      }
      if (k > 63) {
        if (k < HuffmanTable.END_OF_BLOCK && value != 0) {
          count = there;
          throw damaged();
        }
        break;
      }
      int place = JpegHeader.ZIGZAG[k];
      block[place] = value * steps[place];
      places |= 1L << place;
    }
    window = bits;
    count = there;
    requireData();
    return places;
  }

  /** Drops what is left of the segment and steps over the restart marker behind it. */
  void restart() throws RejectedInputException {
    window = 0;
    count = 0;
    at = markerPosition();
    if (at + 1 >= code.length || (code[at + 1] & 0xF8) != 0xD0) {
      throw new RejectedInputException("The JPEG stream lacks a restart marker.");
    }
    at += 2;
  }

  /** Where the next marker is; the end of the code if there is none. */
  int markerPosition() {
    for (int i = at; i + 1 < code.length; i++) {
      if (code[i] == (byte) 0xFF && code[i + 1] != 0 && code[i + 1] != (byte) 0xFF) {
        return i;
      }
    }
    return code.length;
  }
}
