package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A sum over numbers as they stand in memory: a polynomial in an odd number modulo 2^64, with their
 * 32-bit words as coefficients. An odd number has an inverse, so every change within one word
 * changes the sum; any other change goes unnoticed with a chance of about 2^-64 (Carter and Wegman
 * 1979). No rounding, so no tolerance.
 */
final class MemorySum {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
  private static final int CHAINS = 8;
  private static final long STEP_OF_CHAIN = squared(squared(squared(STEP)));
  private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED;

  private MemorySum() {}

  private static long squared(long step) {
    return step * step;
  }

  /** Of an array where the engine keeps it; copied first only if the processor cannot see it. */
  static long of(NDArray array) {
    MemorySegment words = MemorySegment.ofBuffer(array.toByteBuffer(true));
    int count = Math.toIntExact(words.byteSize() / Integer.BYTES);
    long[] sums = ones();
    int whole = count / CHAINS * CHAINS;
    for (int i = 0; i < whole; i += CHAINS) {
      for (int chain = 0; chain < CHAINS; chain++) {
        sums[chain] =
            sums[chain] * STEP_OF_CHAIN + words.get(WORD, (i + chain) * (long) Integer.BYTES);
      }
    }
    long sum = joined(sums);
    for (int i = whole; i < count; i++) {
      sum = sum * STEP + words.get(WORD, i * (long) Integer.BYTES);
    }
    return sum;
  }

  /** Of an array of Java. A loop of its own: one that meets both kinds is not compiled as well. */
  static long of(float[] values) {
    long[] sums = ones();
    int whole = values.length / CHAINS * CHAINS;
    for (int i = 0; i < whole; i += CHAINS) {
      for (int chain = 0; chain < CHAINS; chain++) {
        sums[chain] =
            sums[chain] * STEP_OF_CHAIN + Float.floatToRawIntBits(values[i + chain]);
      }
    }
    long sum = joined(sums);
    for (int i = whole; i < values.length; i++) {
      sum = sum * STEP + Float.floatToRawIntBits(values[i]);
    }
    return sum;
  }

  /** Sums side by side, each over every eighth word, since one alone waits for itself. */
  private static long[] ones() {
    long[] sums = new long[CHAINS];
    Arrays.fill(sums, 1);
    return sums;
  }

  private static long joined(long[] sums) {
    long sum = 0;
    for (long each : sums) {
      sum = sum * STEP + each;
    }
    return sum;
  }
}
