package org.tessera.validation.metrics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.tessera.casemodel.Finding.Interval;

/**
 * Percentile bootstrap that draws clusters with replacement (Field and Welsh 2007, the "cluster
 * bootstrap"): all rows of a drawn cluster come along. Draw {@code i} is the same for every
 * statistic, so the difference of two statistics is a paired one. Immutable, safe for several
 * threads.
 */
public final class ClusterBootstrap {
  /** Draws of an interval. */
  public static final int DRAWS = 2000;

  /** Nominal coverage of an interval. */
  public static final double LEVEL = 0.95;

  private static final double MOST_UNDEFINED = 0.1;

  private final int[] clusterOfRow;
  private final int clusters;
  private final long seed;
  private final int draws;

  /** A bootstrap of {@link #DRAWS} draws over rows whose clusters are given. */
  public ClusterBootstrap(List<String> clusterOfRow, long seed) {
    this(clusterOfRow, seed, DRAWS);
  }

  /**
   * A bootstrap.
   *
   * @param clusterOfRow name of the cluster of each row
   * @param seed of the draws
   * @param draws number of draws, {@code > 0}
   */
  public ClusterBootstrap(List<String> clusterOfRow, long seed, int draws) {
    Map<String, Integer> numbers = new HashMap<>();
    this.clusterOfRow =
        clusterOfRow.stream()
            .mapToInt(name -> numbers.computeIfAbsent(name, unseen -> numbers.size()))
            .toArray();
    this.clusters = numbers.size();
    this.seed = seed;
    this.draws = draws;
  }

  /** Number of clusters. */
  public int clusters() {
    return clusters;
  }

  /**
   * The interval of a statistic.
   *
   * @param statistic of a sample given as how often each row was drawn; NaN where it is undefined
   * @return empty with fewer than two clusters, or where more than a tenth of the draws leave the
   *     statistic undefined
   */
  public Optional<Interval> interval(ToDoubleFunction<int[]> statistic) {
    if (clusters < 2) {
      return Optional.empty();
    }
    double[] sorted = distribution(statistic);
    if (sorted.length < (1 - MOST_UNDEFINED) * draws) {
      return Optional.empty();
    }
    double tail = (1 - LEVEL) / 2;
    return Optional.of(
        new Interval(
            quantile(sorted, tail),
            quantile(sorted, 1 - tail),
            LEVEL,
            "cluster bootstrap, %d draws, %d clusters".formatted(draws, clusters)));
  }

  /** Shows every draw: how often each row was drawn. */
  public void forEach(Consumer<int[]> draw) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < draws; i++) {
      draw.accept(weights(random));
    }
  }

  /** The defined values of a statistic over all draws, ascending. */
  public double[] distribution(ToDoubleFunction<int[]> statistic) {
    double[] values = new double[draws];
    int defined = 0;
    SplittableRandom random = new SplittableRandom(seed);
    for (int draw = 0; draw < draws; draw++) {
      double value = statistic.applyAsDouble(weights(random));
      if (!Double.isNaN(value)) {
        values[defined++] = value;
      }
    }
    double[] sorted = Arrays.copyOf(values, defined);
    Arrays.sort(sorted);
    return sorted;
  }

  private int[] weights(SplittableRandom random) {
    int[] drawn = new int[clusters];
    for (int i = 0; i < clusters; i++) {
      drawn[random.nextInt(clusters)]++;
    }
    int[] weights = new int[clusterOfRow.length];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = drawn[clusterOfRow[row]];
    }
    return weights;
  }

  /** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996). */
  static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
