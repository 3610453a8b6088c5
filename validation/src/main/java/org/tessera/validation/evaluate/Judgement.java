package org.tessera.validation.evaluate;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.tessera.validation.metrics.Auroc;
import org.tessera.validation.metrics.ClusterBootstrap;

/** AUROC and its paired differences over the rows of one finding, all on the same draws. */
final class Judgement {
  private static final long SEED = 20260101;

  private final FindingScores scores;
  private final boolean[] labels;
  private final Auroc model;
  private final ClusterBootstrap bootstrap;

  Judgement(FindingScores scores) {
    this.scores = scores;
    labels = scores.labels();
    model = Auroc.over(scores.logits(), labels);
    bootstrap = new ClusterBootstrap(scores.clusters(), SEED);
  }

  int clusters() {
    return bootstrap.clusters();
  }

  Estimate auroc() {
    return estimate(model::value);
  }

  Estimate auroc(double[] others) {
    return estimate(Auroc.over(others, labels)::value);
  }

  /** How much the model's AUROC is above that of other scores on the same rows. */
  Estimate gainOver(double[] others) {
    Auroc other = Auroc.over(others, labels);
    return estimate(weights -> model.value(weights) - other.value(weights));
  }

  Estimate estimate(ToDoubleFunction<int[]> statistic) {
    int[] once = new int[scores.rows().size()];
    Arrays.fill(once, 1);
    return new Estimate(statistic.applyAsDouble(once), bootstrap.interval(statistic));
  }
}
