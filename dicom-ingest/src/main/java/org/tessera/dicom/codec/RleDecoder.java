package org.tessera.dicom.codec;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Bytes;

/** RLE Lossless (PS3.5 G): byte planes, high byte first, each packed by the PackBits scheme. */
public final class RleDecoder implements FrameDecoder {
  private static final int HEADER = 64;

  @Override
  public byte[] decode(byte[] code, PixelFormat format) throws RejectedInputException {
    int width = format.valueBytes();
    int segments = width * format.samples();
    if (code.length < HEADER || word(code, 0) != segments || segments > 15
        || (format.bitsAllocated() == 1 && segments > 1)) {
      throw new RejectedInputException("The RLE header does not fit the image.");
    }
    boolean packed = format.bitsAllocated() == 1;
    int pixels = format.rows() * format.columns();
    if (packed) {
      pixels = (pixels + 7) / 8;
    }
    byte[] target = new byte[packed ? pixels * segments : (int) format.frameBytes()];
    for (int segment = 0; segment < segments; segment++) {
      int from = word(code, 4 + 4 * segment);
      int to = segment + 1 < segments ? word(code, 8 + 4 * segment) : code.length;
      if (from < HEADER || to > code.length || from > to) {
        throw new RejectedInputException("The RLE header points outside its frame.");
      }
      int sample = segment / width;
      int significance = width - 1 - segment % width;
      unpack(code, from, to, target, sample * width + significance, segments, pixels);
    }
    return packed
        ? NativeFrames.bits(Bytes.of(target), 0, (int) format.frameValues())
        : target;
  }

  private static int word(byte[] code, int at) {
    return code[at] & 0xFF
        | (code[at + 1] & 0xFF) << 8
        | (code[at + 2] & 0xFF) << 16
        | code[at + 3] << 24;
  }

  /** PS3.5 G.3.1: n >= 0 copies n + 1 bytes, n < 0 repeats a byte 1 - n times, -128 is void. */
  private static void unpack(
      byte[] code, int from, int to, byte[] target, int first, int step, int count)
      throws RejectedInputException {
    int at = from;
    int done = 0;
    while (done < count) {
      if (at >= to) {
        throw new RejectedInputException("An RLE segment is cut off.");
      }
      int n = code[at++];
      if (n >= 0) {
        int run = Math.min(n + 1, count - done);
        if (at + run > to) {
          throw new RejectedInputException("An RLE segment is cut off.");
        }
        if (step == 1) {
          System.arraycopy(code, at, target, first + done, run);
        } else {
          for (int i = 0, place = first + done * step; i < run; i++, place += step) {
            target[place] = code[at + i];
          }
        }
        at += n + 1;
        done += run;
      } else if (n != -128) {
        if (at >= to) {
          throw new RejectedInputException("An RLE segment is cut off.");
        }
        int run = Math.min(1 - n, count - done);
        byte value = code[at++];
        if (step == 1) {
          Arrays.fill(target, first + done, first + done + run, value);
        } else {
          for (int i = 0, place = first + done * step; i < run; i++, place += step) {
            target[place] = value;
          }
        }
        done += run;
      }
    }
  }
}
