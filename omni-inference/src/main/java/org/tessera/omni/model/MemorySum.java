package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A sum over numbers as they stand in memory: a polynomial in an odd number modulo 2^64, with their
 * 32-bit words as coefficients. An odd number has an inverse, so every change within one word
 * changes the sum; any other change goes unnoticed with a chance of about 2^-64 (Carter and Wegman
 * 1979). No rounding, so no tolerance.
 */
final class MemorySum {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
  private static final long STEP_4 = squared(squared(STEP));
  private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED;

  private MemorySum() {}

  private static long squared(long step) {
    return step * step;
  }

  /** Of an array where the engine keeps it; copied first only if the processor cannot see it. */
  static long of(NDArray array) {
    return of(MemorySegment.ofBuffer(array.toByteBuffer(true)));
  }

  /** Of an array of Java. */
  static long of(float[] values) {
    return of(MemorySegment.ofArray(values));
  }

  /** Four sums side by side, each over every fourth word, since one alone waits for itself. */
  private static long of(MemorySegment words) {
    long count = words.byteSize() / Integer.BYTES;
    long whole = count / 4 * 4;
    long first = 1;
    long second = 1;
    long third = 1;
    long fourth = 1;
    for (long i = 0; i < whole; i += 4) {
      first = first * STEP_4 + words.get(WORD, i * 4);
      second = second * STEP_4 + words.get(WORD, i * 4 + 4);
      third = third * STEP_4 + words.get(WORD, i * 4 + 8);
      fourth = fourth * STEP_4 + words.get(WORD, i * 4 + 12);
    }
    long sum = ((first * STEP + second) * STEP + third) * STEP + fourth;
    for (long i = whole; i < count; i++) {
      sum = sum * STEP + words.get(WORD, i * 4);
    }
    return sum;
  }
}
