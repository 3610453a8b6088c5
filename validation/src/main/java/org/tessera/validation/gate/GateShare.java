package org.tessera.validation.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.tessera.validation.metrics.ClusterBootstrap;

/**
 * A share of cases with its 95 % interval. Where all cases agree, which a bootstrap cannot doubt,
 * the bound is Wilson's.
 *
 * @param share from 0 to 1; NaN of no case
 * @param low lower bound
 * @param high upper bound
 * @param n cases
 */
public record GateShare(double share, double low, double high, int n) {
  private static final double NORMAL = 1.96;
  private static final long SEED = 20_261_124;

  /**
   * Counts.
   *
   * @param hits one per case
   * @param patients cluster of each case
   */
  public static GateShare of(List<Boolean> hits, List<String> patients) {
    int n = hits.size();
    long count = hits.stream().filter(hit -> hit).count();
    if (n == 0) {
      return new GateShare(Double.NaN, 0, 1, 0);
    }
    double share = (double) count / n;
    double spread = NORMAL * NORMAL / n;
    double centre = (share + spread / 2) / (1 + spread);
    double reach =
        NORMAL / (1 + spread) * Math.sqrt(share * (1 - share) / n + spread / (4 * n));
    double low = Math.max(0, centre - reach);
    double high = Math.min(1, centre + reach);
    if (count > 0 && count < n) {
      var bounds =
          new ClusterBootstrap(patients, SEED).interval(weights -> weighted(hits, weights));
      if (bounds.isPresent()) {
        low = bounds.get().low();
        high = bounds.get().high();
      }
    }
    return new GateShare(share, low, high, n);
  }

  private static double weighted(List<Boolean> hits, int[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += hits.get(i) ? weights[i] : 0;
      all += weights[i];
    }
    return sum / all;
  }

  /** Of several lists together. */
  public static GateShare of(List<GateCase> cases, Predicate<GateCase> hit) {
    List<Boolean> hits = new ArrayList<>();
    List<String> patients = new ArrayList<>();
    for (GateCase each : cases) {
      hits.add(hit.test(each));
      patients.add(each.patient());
    }
    return of(hits, patients);
  }

  /** For a table. */
  public String text() {
    return n == 0
        ? "-"
        : String.format(Locale.ROOT, "%.3f [%.3f, %.3f] of %d", share, low, high, n);
  }
}
