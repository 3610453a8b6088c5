package org.tessera.validation.fusion;

import java.util.Arrays;
import java.util.Random;

/**
 * In which order rows teach and at which rate: batches of shuffled rows, the rate falling along
 * half a cosine.
 *
 * @param epochs how often every row is seen
 * @param batch rows of a step
 * @param rate at the beginning
 */
record Schedule(int epochs, int batch, double rate) {

  /** Learns from some rows. */
  interface Step {
    /**
     * One step.
     *
     * @param rows numbers of the rows
     * @param rate of this step
     */
    void learn(int[] rows, double rate);
  }

  /** Runs it over so many rows. */
  void over(int rows, Random random, Step step) {
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    int steps = epochs * Math.ceilDiv(rows, batch);
    int done = 0;
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (int from = 0; from < rows; from += batch) {
        int[] some = Arrays.copyOfRange(order, from, Math.min(rows, from + batch));
        step.learn(some, rate * 0.5 * (1 + Math.cos(Math.PI * done++ / steps)));
      }
    }
  }

  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = order[i];
      order[i] = order[j];
      order[j] = moved;
    }
  }
}
