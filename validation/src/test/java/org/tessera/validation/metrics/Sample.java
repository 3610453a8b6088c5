package org.tessera.validation.metrics;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows with normal scores, of which every third has the finding. */
final class Sample {
  final double[] scores;
  final boolean[] labels;

  private Sample(double[] scores, boolean[] labels) {
    this.scores = scores;
    this.labels = labels;
  }

  static Sample normal(int n, double shift, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[n];
    boolean[] labels = new boolean[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 3 == 0;
      scores[i] = gaussian(random) + (labels[i] ? shift : 0);
    }
    return new Sample(scores, labels);
  }

  List<String> ownCluster() {
    return IntStream.range(0, scores.length).mapToObj(i -> "patient-" + i).toList();
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
