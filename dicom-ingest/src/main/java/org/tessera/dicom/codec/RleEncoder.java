package org.tessera.dicom.codec;

import java.io.ByteArrayOutputStream;
import org.tessera.casemodel.RejectedInputException;

/** RLE Lossless (PS3.5 G): byte planes, high byte first, each packed row by row. */
public final class RleEncoder implements FrameEncoder {
  private static final int HEADER = 64;
  private static final int MOST_SEGMENTS = 15;

  @Override
  public byte[] encode(byte[] values, PixelFormat format) throws RejectedInputException {
    int width = format.valueBytes();
    int segments = width * format.samples();
    if (segments > MOST_SEGMENTS || format.bitsAllocated() == 1) {
      throw new RejectedInputException("RLE does not hold values of this shape.");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(values.length / 2 + HEADER);
    byte[] header = new byte[HEADER];
    put(header, 0, segments);
    out.writeBytes(header);
    byte[] row = new byte[format.columns()];
    for (int segment = 0; segment < segments; segment++) {
      put(header, 4 + 4 * segment, out.size());
      int at = segment / width * width + width - 1 - segment % width;
      for (int y = 0; y < format.rows(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = values[at];
          at += segments;
        }
        pack(row, out);
      }
      if (out.size() % 2 == 1) {
        out.write(0);
      }
    }
    byte[] code = out.toByteArray();
    System.arraycopy(header, 0, code, 0, HEADER);
    return code;
  }

  private static void put(byte[] header, int at, int value) {
    for (int i = 0; i < 4; i++) {
      header[at + i] = (byte) (value >> 8 * i);
    }
  }

  /** Runs of three and more are worth a code; what lies between is copied. */
  private static void pack(byte[] row, ByteArrayOutputStream out) {
    int from = 0;
    int at = 0;
    while (at < row.length) {
      int end = at + 1;
      while (end < row.length && end - at < 128 && row[end] == row[at]) {
        end++;
      }
      if (end - at >= 3) {
        copy(row, from, at, out);
        out.write(257 - (end - at));
        out.write(row[at]);
        from = end;
      }
      at = end;
    }
    copy(row, from, row.length, out);
  }

  private static void copy(byte[] row, int from, int to, ByteArrayOutputStream out) {
    for (int at = from; at < to; at += 128) {
      int count = Math.min(128, to - at);
      out.write(count - 1);
      out.write(row, at, count);
    }
  }
}
