package org.tessera.dicom.codec;

/** Encodes the lines of one JPEG-LS scan (ITU-T T.87 A, B); the mirror of {@link JpegLsScan}. */
final class JpegLsScanWriter {
  private final JpegLsContexts contexts;
  private final JpegLsPreset preset;
  private final int components;
  private final int columns;
  private final boolean bySample;
  private final JpegLsBitWriter bits;

  /** Lines as the decoder will see them, with a sample more on each side. */
  private int[][] previous;

  private int[][] current;
  private final int[] runIndex;
  private final int[] signed;

  JpegLsScanWriter(
      JpegLsContexts contexts,
      int components,
      int columns,
      boolean bySample,
      JpegLsBitWriter bits) {
    this.contexts = contexts;
    this.preset = contexts.preset;
    this.components = components;
    this.columns = columns;
    this.bySample = bySample;
    this.bits = bits;
    this.previous = new int[components][columns + 2];
    this.current = new int[components][columns + 2];
    this.runIndex = new int[components];
    this.signed = new int[components];
  }

  /** Begins anew behind a restart marker. */
  void restart() {
    contexts.clear();
    previous = new int[components][columns + 2];
    current = new int[components][columns + 2];
    for (int component = 0; component < components; component++) {
      runIndex[component] = 0;
    }
  }

  /**
   * Room for the samples of the next line of a component, at the indices 1 to {@code columns};
   * {@link #writeLine} replaces them by what a decoder gets.
   */
  int[] line(int component) {
    return previous[component];
  }

  /** Encodes a line of every component. */
  void writeLine() {
    int[][] done = previous;
    previous = current;
    current = done;
    for (int component = 0; component < components; component++) {
      int[] above = previous[component];
      above[columns + 1] = above[columns];
      current[component][0] = above[1];
    }
    if (bySample) {
      writeSamples();
    } else {
      for (int component = 0; component < components; component++) {
        writeComponent(component);
      }
    }
  }

  private void writeComponent(int component) {
    int[] above = previous[component];
    int[] line = current[component];
    int x = 1;
    while (x <= columns) {
      int context = contexts.context(line[x - 1], above[x], above[x - 1], above[x + 1]);
      if (context != 0) {
        line[x] = regular(context, line[x], line[x - 1], above[x], above[x - 1]);
        x++;
      } else {
        int left = line[x - 1];
        int run = 0;
        while (x <= columns && Math.abs(line[x] - left) <= contexts.near) {
          line[x++] = left;
          run++;
        }
        run(component, run, x > columns);
        if (x <= columns) {
          line[x] = runEnd(component, line[x], left, above[x]);
          shorten(component);
          x++;
        }
      }
    }
  }

  private void writeSamples() {
    int x = 1;
    while (x <= columns) {
      boolean flat = true;
      for (int c = 0; c < components; c++) {
        int[] above = previous[c];
        signed[c] = contexts.context(current[c][x - 1], above[x], above[x - 1], above[x + 1]);
        flat &= signed[c] == 0;
      }
      if (flat) {
        x = runOfPixels(x);
      } else {
        for (int c = 0; c < components; c++) {
          int[] above = previous[c];
          int[] line = current[c];
          line[x] = regular(signed[c], line[x], line[x - 1], above[x], above[x - 1]);
        }
        x++;
      }
    }
  }

  private int runOfPixels(int from) {
    int x = from;
    while (x <= columns && continues(x)) {
      for (int c = 0; c < components; c++) {
        current[c][x] = current[c][x - 1];
      }
      x++;
    }
    run(0, x - from, x > columns);
    if (x <= columns) {
      for (int c = 0; c < components; c++) {
        current[c][x] = unlike(0, current[c][x], current[c][x - 1], previous[c][x]);
      }
      shorten(0);
      x++;
    }
    return x;
  }

  private boolean continues(int x) {
    for (int c = 0; c < components; c++) {
      if (Math.abs(current[c][x] - current[c][x - 1]) > contexts.near) {
        return false;
      }
    }
    return true;
  }

  /** Encodes a sample and returns it as a decoder will see it. */
  private int regular(int signedContext, int value, int left, int above, int aboveLeft) {
    int sign = signedContext < 0 ? -1 : 1;
    int context = signedContext * sign;
    int predicted =
        contexts.predicted(JpegLsContexts.edge(left, above, aboveLeft), context, sign);
    int error = quantized(sign * (value - predicted));
    int order = contexts.order(context);
    int coded = contexts.flipped(context, order) ? ~error : error;
    bits.golomb(coded << 1 ^ coded >> 31, order, contexts.limit, contexts.errorBits);
    contexts.learn(context, error);
    return contexts.restored(predicted, sign * error);
  }

  /** Quantizes an error and reduces it modulo the range (T.87 A.4.4, A.4.5). */
  private int quantized(int error) {
    int near = contexts.near;
    int value = error;
    if (near > 0) {
      value = error > 0 ? (error + near) / contexts.step : -((near - error) / contexts.step);
    }
    int range = preset.range();
    if (value < 0) {
      value += range;
    }
    return value >= range + 1 >> 1 ? value - range : value;
  }

  private void run(int index, int length, boolean toEndOfLine) {
    int left = length;
    while (left >= 1 << JpegLsContexts.RUN_ORDER[runIndex[index]]) {
      bits.bits(1, 1);
      left -= 1 << JpegLsContexts.RUN_ORDER[runIndex[index]];
      if (runIndex[index] < 31) {
        runIndex[index]++;
      }
    }
    if (!toEndOfLine) {
      bits.bits(0, 1);
      bits.bits(left, JpegLsContexts.RUN_ORDER[runIndex[index]]);
    } else if (left > 0) {
      bits.bits(1, 1);
    }
  }

  private void shorten(int index) {
    if (runIndex[index] > 0) {
      runIndex[index]--;
    }
  }

  private int runEnd(int component, int value, int left, int above) {
    if (Math.abs(left - above) > contexts.near) {
      return unlike(component, value, left, above);
    }
    int error = quantized(value - left);
    runEndError(1, component, error);
    return contexts.restored(left, error);
  }

  private int unlike(int index, int value, int left, int above) {
    int sign = left > above ? -1 : 1;
    int error = quantized(sign * (value - above));
    runEndError(0, index, error);
    return contexts.restored(above, sign * error);
  }

  /** The error of the sample that ends a run (T.87 A.7.2). */
  private void runEndError(int like, int index, int error) {
    int order = contexts.orderOfRunEnd(like);
    int limit = contexts.limit - JpegLsContexts.RUN_ORDER[runIndex[index]] - 1;
    boolean lower = contexts.negativeFirst(like, order) == error < 0;
    int pair = error == 0 ? 0 : 2 * Math.abs(error) - (lower ? 1 : 0);
    int code = pair - like;
    bits.golomb(code, order, limit, contexts.errorBits);
    contexts.learnRunEnd(like, error, code);
  }
}
