package org.tessera.dicom.codec;

import java.util.Arrays;

/**
 * What a JPEG-LS coder learns while it goes over the samples (ITU-T T.87 A.2 to A.7): 365 contexts
 * of regular samples and two of samples that end a run. Encoder and decoder are the same here.
 */
final class JpegLsContexts {
  /** Order of the code of a run's length by its index (T.87 A.2.1). */
  static final int[] RUN_ORDER = {
    0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13,
    14, 15
  };

  /** Context of a run that ends beside an unlike sample; the one of a like sample follows. */
  static final int RUN_END = 365;

  private static final int CONTEXTS = 367;
  private static final int MAGNITUDE = 0;
  private static final int BIAS = 1;
  private static final int CORRECTION = 2;
  private static final int COUNT = 3;
  private static final int LEAST_CORRECTION = -128;
  private static final int MOST_CORRECTION = 127;

  /** No valid stream gets there; beyond it a damaged one could make {@link #order} overflow. */
  private static final int MOST_MAGNITUDE = 1 << 29;

  final JpegLsPreset preset;
  final int maxValue;
  final int near;
  final int step;
  final int errorBits;
  final int limit;
  private final int wrap;
  private final int reset;
  private final byte[] level;

  /** A, B, C and N of T.87 A.2.1 of each context, side by side. */
  private final int[] state = new int[4 * CONTEXTS];

  private final int[] negative = new int[2];

  JpegLsContexts(JpegLsPreset preset) {
    this.preset = preset;
    this.maxValue = preset.maxValue();
    this.near = preset.near();
    this.step = 2 * near + 1;
    this.errorBits = preset.errorBits();
    this.limit = preset.limit();
    this.wrap = preset.range() * step;
    this.reset = preset.reset();
    this.level = levels(preset);
    clear();
  }

  /** Forgets everything, as at the begin of a scan and at a restart marker. */
  void clear() {
    Arrays.fill(state, 0);
    for (int at = 0; at < state.length; at += 4) {
      state[at + MAGNITUDE] = Math.max(2, (preset.range() + 32) / 64);
      state[at + COUNT] = 1;
    }
    Arrays.fill(negative, 0);
  }

  private static byte[] levels(JpegLsPreset preset) {
    int most = preset.maxValue();
    byte[] levels = new byte[2 * most + 1];
    for (int gradient = 0; gradient <= most; gradient++) {
      byte level;
      if (gradient <= preset.near()) {
        level = 0;
      } else if (gradient < preset.t1()) {
        level = 1;
      } else if (gradient < preset.t2()) {
        level = 2;
      } else if (gradient < preset.t3()) {
        level = 3;
      } else {
        level = 4;
      }
      levels[most + gradient] = level;
      levels[most - gradient] = (byte) -level;
    }
    return levels;
  }

  /** The signed context of a sample from its neighbours: 0 begins a run. */
  int context(int left, int above, int aboveLeft, int aboveRight) {
    return 81 * level[aboveRight - above + maxValue]
        + 9 * level[above - aboveLeft + maxValue]
        + level[aboveLeft - left + maxValue];
  }

  /** Median edge prediction (T.87 A.4.1). */
  static int edge(int left, int above, int aboveLeft) {
    int low = Math.min(left, above);
    int high = Math.max(left, above);
    // The same as the three cases of the standard, without a branch that is hard to foresee.
    return Math.min(Math.max(left + above - aboveLeft, low), high);
  }

  /** The prediction with what the context has learned, within the samples' range. */
  int predicted(int edge, int context, int sign) {
    return clamp(edge + sign * state[4 * context + CORRECTION]);
  }

  private int clamp(int value) {
    return Math.min(Math.max(value, 0), maxValue);
  }

  /** Order of the Golomb code of a regular sample. */
  int order(int context) {
    return order(state[4 * context + COUNT], state[4 * context + MAGNITUDE]);
  }

  /** The smallest order for which {@code n << order} is at least {@code a}. */
  private static int order(int n, int a) {
    int order =
        Math.max(0, Integer.numberOfLeadingZeros(n) - Integer.numberOfLeadingZeros(a));
    // Without a branch that is hard to foresee: both sides have at most 30 bits.
    return order + ((n << order) - a >>> 31);
  }

  /** True if the signs of the codes of a context are exchanged (T.87 A.5.2). */
  boolean flipped(int context, int order) {
    return near == 0 && order == 0 && 2 * state[4 * context + BIAS] <= -state[4 * context + COUNT];
  }

  /** Learns a quantized error (T.87 A.6). */
  void learn(int context, int error) {
    int at = 4 * context;
    int a = (int) Math.min(MOST_MAGNITUDE, state[at + MAGNITUDE] + Math.abs((long) error));
    int b = state[at + BIAS] + error * step;
    int n = state[at + COUNT];
    if (n == reset) {
      a >>= 1;
      b = b >= 0 ? b >> 1 : -(1 - b >> 1);
      n >>= 1;
    }
    n++;
    // -1 where the bias is too low or too high: the same as the branches of the standard.
    int low = b + n - 1 >> 31;
    int high = -b >> 31;
    int c = state[at + CORRECTION] + low - high;
    b = Math.min(Math.max(b + (low & n) - (high & n), 1 - n), 0);
    c = Math.min(Math.max(c, LEAST_CORRECTION), MOST_CORRECTION);
    state[at + MAGNITUDE] = a;
    state[at + BIAS] = b;
    state[at + CORRECTION] = c;
    state[at + COUNT] = n;
  }

  /** Order of the Golomb code of the sample that ends a run; {@code like} is 1 or 0. */
  int orderOfRunEnd(int like) {
    int at = 4 * (RUN_END + like);
    int n = state[at + COUNT];
    return order(n, state[at + MAGNITUDE] + (like == 1 ? n >> 1 : 0));
  }

  /** True if a negative error of a run's end has the lower code of its pair (T.87 A.7.2.1). */
  boolean negativeFirst(int like, int order) {
    return order != 0 || 2 * negative[like] >= state[4 * (RUN_END + like) + COUNT];
  }

  /** Learns the error of the sample that ended a run and its code (T.87 A.7.2.3). */
  void learnRunEnd(int like, int error, int code) {
    int at = 4 * (RUN_END + like);
    if (error < 0) {
      negative[like]++;
    }
    long grown = state[at + MAGNITUDE] + (code + 1L - like >> 1);
    state[at + MAGNITUDE] = (int) Math.clamp(grown, 0, MOST_MAGNITUDE);
    if (state[at + COUNT] == reset) {
      state[at + MAGNITUDE] >>= 1;
      state[at + COUNT] >>= 1;
      negative[like] >>= 1;
    }
    state[at + COUNT]++;
  }

  /** The sample from its prediction and a quantized error with its sign (T.87 A.4.5). */
  int restored(int predicted, int error) {
    int value = predicted + error * step;
    if (value < -near) {
      value += wrap;
    } else if (value > maxValue + near) {
      value -= wrap;
    }
    return clamp(value);
  }
}
