package org.tessera.omni.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The Mann-Whitney form of the area under the ROC curve, for watching a training. */
final class RankScore {
  private RankScore() {}

  /** The area; NaN if one class is missing. */
  static double of(double[] scores, boolean[] labels) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> scores[i]));
    double rankSum = 0;
    long positives = 0;
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j < order.length && scores[order[j]] == scores[order[i]]) {
        j++;
      }
      double rank = (i + j + 1) / 2.0;
      for (int k = i; k < j; k++) {
        if (labels[order[k]]) {
          rankSum += rank;
          positives++;
        }
      }
      i = j;
    }
    long negatives = scores.length - positives;
    return (rankSum - positives * (positives + 1) / 2.0) / ((double) positives * negatives);
  }
}
