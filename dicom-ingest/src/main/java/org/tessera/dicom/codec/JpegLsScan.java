package org.tessera.dicom.codec;

import org.tessera.casemodel.RejectedInputException;

/**
 * Decodes the lines of one JPEG-LS scan (ITU-T T.87 A, B): one component, several line by line, or
 * several sample by sample.
 */
final class JpegLsScan {
  private final JpegLsContexts contexts;
  private final int components;
  private final int columns;
  private final boolean bySample;
  private final int[][] previous;
  private final int[][] current;
  private final int[] runIndex;
  private JpegLsBits bits;

  /** Lines have a sample more on each side, so that every sample has its neighbours. */
  JpegLsScan(
      JpegLsContexts contexts, int components, int columns, boolean bySample, JpegLsBits bits) {
    this.contexts = contexts;
    this.components = components;
    this.columns = columns;
    this.bySample = bySample;
    this.bits = bits;
    this.previous = new int[components][columns + 2];
    this.current = new int[components][columns + 2];
    this.runIndex = new int[components];
  }

  /** Begins anew behind a restart marker. */
  void restart(JpegLsBits following) {
    bits = following;
    contexts.clear();
    for (int component = 0; component < components; component++) {
      previous[component] = new int[columns + 2];
      current[component] = new int[columns + 2];
      runIndex[component] = 0;
    }
  }

  /** Decodes a line of every component. */
  void readLine() throws RejectedInputException {
    for (int component = 0; component < components; component++) {
      int[] done = previous[component];
      previous[component] = current[component];
      current[component] = done;
      int[] above = previous[component];
      above[columns + 1] = above[columns];
      done[0] = above[1];
    }
    if (bySample) {
      readSamples();
    } else {
      for (int component = 0; component < components; component++) {
        readComponent(component);
      }
    }
  }

  /** The sample of the line read last. */
  int[] line(int component) {
    return current[component];
  }

  /**
   * Reads a line of one component. The next bits are kept in variables of this loop, which can be
   * registers; they go back to the reader before it is used itself.
   */
  private void readComponent(int component) throws RejectedInputException {
    int[] above = previous[component];
    int[] line = current[component];
    int escape = contexts.limit - contexts.errorBits - 1;
    long window = bits.window;
    int there = bits.there;
    int x = 1;
    while (x <= columns) {
      int left = line[x - 1];
      int signed = contexts.context(left, above[x], above[x - 1], above[x + 1]);
      if (signed == 0) {
        bits.window = window;
        bits.there = there;
        x = readRun(component, x);
        window = bits.window;
        there = bits.there;
        continue;
      }
      int sign = signed >> 31 | 1;
      int context = signed * sign;
      int order = contexts.order(context);
      if (there < JpegLsBits.ENOUGH) {
        bits.window = window;
        bits.there = there;
        bits.fill();
        window = bits.window;
        there = bits.there;
      }
      int zeros = Long.numberOfLeadingZeros(window);
      int code;
      if (zeros < escape && zeros + order < there) {
        window = window << zeros << 1;
        code = zeros << order | (int) (window >>> 1 >>> 63 - order);
        window <<= order;
        there -= zeros + order + 1;
      } else {
        bits.window = window;
        bits.there = there;
        code = bits.golomb(order, contexts.limit, contexts.errorBits);
        window = bits.window;
        there = bits.there;
      }
      int edge = JpegLsContexts.edge(left, above[x], above[x - 1]);
      line[x] = learned(contexts.predicted(edge, context, sign), context, sign, order, code);
      x++;
    }
    bits.window = window;
    bits.there = there;
  }

  /** Reads a run and the sample that ends it; returns the place behind. */
  private int readRun(int component, int from) throws RejectedInputException {
    int[] line = current[component];
    int run = run(component, columns + 1 - from);
    int left = line[from - 1];
    for (int x = from; x < from + run; x++) {
      line[x] = left;
    }
    int x = from + run;
    if (x <= columns) {
      line[x] = runEnd(component, left, previous[component][x]);
      shorten(component);
      x++;
    }
    return x;
  }

  private void readSamples() throws RejectedInputException {
    int x = 1;
    int[] context = new int[components];
    while (x <= columns) {
      boolean flat = true;
      for (int c = 0; c < components; c++) {
        int[] above = previous[c];
        context[c] =
            contexts.context(current[c][x - 1], above[x], above[x - 1], above[x + 1]);
        flat &= context[c] == 0;
      }
      if (!flat) {
        for (int c = 0; c < components; c++) {
          int[] above = previous[c];
          current[c][x] = regular(context[c], current[c][x - 1], above[x], above[x - 1]);
        }
        x++;
      } else {
        int run = run(0, columns + 1 - x);
        for (int c = 0; c < components; c++) {
          int left = current[c][x - 1];
          for (int i = 0; i < run; i++) {
            current[c][x + i] = left;
          }
        }
        x += run;
        if (x <= columns) {
          for (int c = 0; c < components; c++) {
            current[c][x] = unlike(0, current[c][x - 1], previous[c][x]);
          }
          shorten(0);
          x++;
        }
      }
    }
  }

  private int regular(int signed, int left, int above, int aboveLeft)
      throws RejectedInputException {
    int sign = signed >> 31 | 1;
    int context = signed * sign;
    int predicted =
        contexts.predicted(JpegLsContexts.edge(left, above, aboveLeft), context, sign);
    int order = contexts.order(context);
    int code = bits.golomb(order, contexts.limit, contexts.errorBits);
    return learned(predicted, context, sign, order, code);
  }

  /** The sample that a code stands for, from which the context has learned. */
  private int learned(int predicted, int context, int sign, int order, int code) {
    int error = code >>> 1 ^ -(code & 1);
    if (contexts.flipped(context, order)) {
      error = ~error;
    }
    contexts.learn(context, error);
    return contexts.restored(predicted, sign * error);
  }

  /** Length of a run that begins here (T.87 A.7.1). */
  private int run(int index, int left) throws RejectedInputException {
    int length = 0;
    while (bits.bit()) {
      int part = 1 << JpegLsContexts.RUN_ORDER[runIndex[index]];
      if (part > left - length) {
        return left;
      }
      length += part;
      if (runIndex[index] < 31) {
        runIndex[index]++;
      }
      if (length == left) {
        return left;
      }
    }
    length += bits.bits(JpegLsContexts.RUN_ORDER[runIndex[index]]);
    if (length >= left) {
      throw new RejectedInputException("The JPEG-LS stream is damaged.");
    }
    return length;
  }

  private void shorten(int index) {
    if (runIndex[index] > 0) {
      runIndex[index]--;
    }
  }

  /** The sample that ends a run (T.87 A.7.2). */
  private int runEnd(int component, int left, int above) throws RejectedInputException {
    if (Math.abs(left - above) > contexts.near) {
      return unlike(component, left, above);
    }
    return contexts.restored(left, runEndError(1, component));
  }

  private int unlike(int index, int left, int above) throws RejectedInputException {
    int error = runEndError(0, index);
    return contexts.restored(above, left > above ? -error : error);
  }

  private int runEndError(int like, int index) throws RejectedInputException {
    int order = contexts.orderOfRunEnd(like);
    int limit = contexts.limit - JpegLsContexts.RUN_ORDER[runIndex[index]] - 1;
    int code = bits.golomb(order, limit, contexts.errorBits);
    int pair = code + like;
    int size = pair + 1 >> 1;
    boolean lower = (pair & 1) == 1;
    int error = contexts.negativeFirst(like, order) == lower ? -size : size;
    contexts.learnRunEnd(like, error, code);
    return error;
  }
}
