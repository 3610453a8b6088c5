package org.tessera.dicom.codec;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/** RLE Lossless (PS3.5 G); every row is packed by itself, as PS3.5 G.3.1 asks. */
public final class RleEncoder implements FrameEncoder {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;
  private static final int LONGEST = 128;

  @Override
  public byte[] encode(byte[] cells, PixelFormat format) throws RejectedInputException {
    boolean packed = format.bitsAllocated() == 1;
    int width = format.valueBytes();
    int segments = width * format.samples();
    if (segments > MOST_SEGMENTS || packed && segments > 1) {
      throw new RejectedInputException(
          "RLE holds at most 15 bytes per pixel, not %d.".formatted(segments));
    }
    byte[] source = packed ? NativeFrames.packed(cells) : cells;
    int rows = packed ? 1 : format.rows();
    int columns = source.length / segments / rows;
    Output out = new Output(source.length / 2 + HEADER);
    out.size = HEADER;
    out.word(0, segments);
    byte[] row = new byte[columns];
    for (int segment = 0; segment < segments; segment++) {
      out.word(4 + 4 * segment, out.size);
      int significance = width - 1 - segment % width;
      int first = segment / width * width + significance;
      for (int y = 0; y < rows; y++) {
        int at = y * columns * segments + first;
        for (int x = 0; x < columns; x++, at += segments) {
          row[x] = source[at];
        }
        pack(row, out);
      }
      if (out.size % 2 == 1) {
        out.append((byte) 0);
      }
    }
    return Arrays.copyOf(out.code, out.size);
  }

  private static void pack(byte[] row, Output out) {
    int at = 0;
    int literal = 0;
    while (at < row.length) {
      int run = 1;
      while (at + run < row.length && run < LONGEST && row[at + run] == row[at]) {
        run++;
      }
      if (run >= 3 || run == 2 && literal == at) {
        literals(row, literal, at, out);
        out.append((byte) (1 - run));
        out.append(row[at]);
        literal = at + run;
      }
      at += run;
    }
    literals(row, literal, at, out);
  }

  private static void literals(byte[] row, int from, int to, Output out) {
    for (int at = from; at < to; at += LONGEST) {
      int count = Math.min(LONGEST, to - at);
      out.append((byte) (count - 1));
      for (int i = 0; i < count; i++) {
        out.append(row[at + i]);
      }
    }
  }

  private static final class Output {
    private byte[] code;
    private int size;

    Output(int capacity) {
      code = new byte[Math.max(HEADER, capacity)];
    }

    void append(byte value) {
      if (size == code.length) {
        code = Arrays.copyOf(code, size + (size >> 1));
      }
      code[size++] = value;
    }

    void word(int at, int value) {
      for (int i = 0; i < 4; i++) {
        code[at + i] = (byte) (value >> 8 * i);
      }
    }
  }
}
