package org.tessera.explain;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation with mean ranks for ties. */
final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Correlates the chosen entries of two maps.
   *
   * @return from -1 to 1; 1 if a map is constant there, since it then shows no difference
   */
  static double of(float[] a, float[] b, int[] chosen) {
    double[] x = ranks(a, chosen);
    double[] y = ranks(b, chosen);
    double mean = (chosen.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < chosen.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    double scale = Math.sqrt(xx) * Math.sqrt(yy);
    return scale > 0 ? Math.max(-1, Math.min(1, xy / scale)) : 1;
  }

  private static double[] ranks(float[] values, int[] chosen) {
    int[] order =
        IntStream.range(0, chosen.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[chosen[i]]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[chosen.length];
    for (int from = 0; from < order.length; ) {
      int to = from;
      while (to < order.length
          && Float.compare(values[chosen[order[to]]], values[chosen[order[from]]]) == 0) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
