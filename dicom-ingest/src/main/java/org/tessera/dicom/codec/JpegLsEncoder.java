package org.tessera.dicom.codec;

import java.util.Arrays;
import org.tessera.casemodel.RejectedInputException;

/**
 * JPEG-LS (ITU-T T.87), lossless or with a bounded error, 2 to 16 bits; colours line by line.
 * Values are coded by their stored bits.
 */
public final class JpegLsEncoder implements FrameEncoder {
  private final int near;

  /** Lossless. */
  public JpegLsEncoder() {
    this(0);
  }

  /**
   * Near-lossless.
   *
   * @param near largest error of a value, 0 to 255
   */
  public JpegLsEncoder(int near) {
    if (near < 0 || near > 255) {
      throw new IllegalArgumentException("An error of " + near);
    }
    this.near = near;
  }

  @Override
  public byte[] encode(byte[] values, PixelFormat format) throws RejectedInputException {
    int precision = Math.max(2, format.bitsStored());
    if (format.valueBytes() > 2 || format.real()) {
      throw new RejectedInputException("JPEG-LS holds at most 16 bits per sample.");
    }
    if (near > 0 && format.signed()) {
      throw new RejectedInputException("Signed values are not coded with errors.");
    }
    int most = (1 << precision) - 1;
    if (near > most / 2) {
      throw new RejectedInputException("The error allowed is larger than the values.");
    }
    JpegLsContexts contexts = new JpegLsContexts(JpegLsPreset.of(most, near));
    JpegLsBitWriter bits = new JpegLsBitWriter(header(format, precision));
    int samples = format.samples();
    int columns = format.columns();
    int[][] above = new int[samples][columns + 2];
    int[][] line = new int[samples][columns + 2];
    int[] runIndex = new int[samples];
    for (int row = 0; row < format.rows(); row++) {
      for (int sample = 0; sample < samples; sample++) {
        int[] before = line[sample];
        line[sample] = above[sample];
        above[sample] = before;
        before[columns + 1] = before[columns];
        line[sample][0] = before[1];
        read(values, row, sample, format, most, line[sample]);
        runIndex[sample] = code(before, line[sample], contexts, bits, runIndex[sample]);
      }
    }
    return bits.end();
  }

  private byte[] header(PixelFormat format, int precision) {
    int samples = format.samples();
    byte[] head = new byte[2 + 10 + 3 * samples + 8 + 2 * samples];
    int at = put(head, 0, 0xFF, 0xD8, 0xFF, 0xF7, 0, 8 + 3 * samples, precision);
    at = put(head, at, format.rows() >> 8, format.rows(), format.columns() >> 8);
    at = put(head, at, format.columns(), samples);
    for (int i = 1; i <= samples; i++) {
      at = put(head, at, i, 0x11, 0);
    }
    at = put(head, at, 0xFF, 0xDA, 0, 6 + 2 * samples, samples);
    for (int i = 1; i <= samples; i++) {
      at = put(head, at, i, 0);
    }
    return Arrays.copyOf(head, put(head, at, near, samples == 1 ? 0 : 1, 0));
  }

  private static int put(byte[] head, int at, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      head[at + i] = (byte) bytes[i];
    }
    return at + bytes.length;
  }

  private static void read(
      byte[] values, int row, int sample, PixelFormat format, int mask, int[] line) {
    int width = format.valueBytes();
    int step = format.samples() * width;
    int at = row * format.columns() * step + sample * width;
    for (int x = 1; x <= format.columns(); x++) {
      int value = values[at] & 0xFF | (width == 2 ? (values[at + 1] & 0xFF) << 8 : 0);
      line[x] = value & mask;
      at += step;
    }
  }

  /** Codes a line, which becomes what a decoder makes of it; returns the run index. */
  private int code(
      int[] above, int[] line, JpegLsContexts contexts, JpegLsBitWriter bits, int runIndex) {
    int end = line.length - 1;
    int index = runIndex;
    int x = 1;
    while (x < end) {
      int left = line[x - 1];
      int context = contexts.context(left, above[x], above[x - 1], above[x + 1]);
      if (context != 0) {
        regular(context, above, line, x, contexts, bits);
        x++;
        continue;
      }
      int run = 0;
      while (x < end && Math.abs(line[x] - left) <= near) {
        line[x++] = left;
        run++;
      }
      while (run >= 1 << JpegLsContexts.RUN_ORDER[index]) {
        bits.write(1, 1);
        run -= 1 << JpegLsContexts.RUN_ORDER[index];
        index = Math.min(31, index + 1);
      }
      if (x == end) {
        if (run > 0) {
          bits.write(1, 1);
        }
      } else {
        bits.write(run, JpegLsContexts.RUN_ORDER[index] + 1);
        line[x] = runEnd(left, above[x], line[x], index, contexts, bits);
        index = Math.max(0, index - 1);
        x++;
      }
    }
    return index;
  }

  private void regular(
      int signed, int[] above, int[] line, int x, JpegLsContexts contexts, JpegLsBitWriter bits) {
    int sign = signed < 0 ? -1 : 1;
    int context = signed * sign;
    int edge = JpegLsContexts.edge(line[x - 1], above[x], above[x - 1]);
    int predicted = contexts.predicted(edge, context, sign);
    int error = reduced(sign * (line[x] - predicted), contexts);
    int order = contexts.order(context);
    int shown = contexts.flipped(context, order) ? ~error : error;
    int code = shown >= 0 ? 2 * shown : -2 * shown - 1;
    bits.golomb(code, order, contexts.limit, contexts.errorBits);
    contexts.learn(context, error);
    line[x] = contexts.restored(predicted, sign * error);
  }

  private int runEnd(
      int left, int above, int value, int index, JpegLsContexts contexts, JpegLsBitWriter bits) {
    int like = Math.abs(left - above) <= near ? 1 : 0;
    int predicted = like == 1 ? left : above;
    int sign = like == 0 && left > above ? -1 : 1;
    int error = reduced(sign * (value - predicted), contexts);
    int order = contexts.orderOfRunEnd(like);
    boolean lower = error != 0 && error < 0 == contexts.negativeFirst(like, order);
    int code = 2 * Math.abs(error) - like - (lower ? 1 : 0);
    int limit = contexts.limit - JpegLsContexts.RUN_ORDER[index] - 1;
    bits.golomb(code, order, limit, contexts.errorBits);
    contexts.learnRunEnd(like, error, code);
    return contexts.restored(predicted, sign * error);
  }

  /** A prediction error, quantized and within half the range (T.87 A.4.4, A.4.5). */
  private int reduced(int difference, JpegLsContexts contexts) {
    int error =
        difference > 0 ? (difference + near) / contexts.step : -((near - difference) / contexts.step);
    int range = contexts.range;
    if (error < 0) {
      error += range;
    }
    return error >= (range + 1) / 2 ? error - range : error;
  }
}
