package org.tessera.validation.evaluate;

import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.Finding.Interval;

/**
 * A figure with its uncertainty.
 *
 * @param value the figure; NaN where it is not defined
 * @param interval 95 % interval by cluster; empty where there are too few clusters
 */
public record Estimate(double value, Optional<Interval> interval) {

  /** The lower bound; minus infinity where there is none: nothing is excluded. */
  public double low() {
    return interval.map(Interval::low).orElse(Double.NEGATIVE_INFINITY);
  }

  /** For a table: {@code 0.83 [0.76, 0.89]}. */
  public String text() {
    if (Double.isNaN(value)) {
      return "-";
    }
    return interval
        .map(
            bounds ->
                String.format(
                    Locale.ROOT, "%.2f [%.2f, %.2f]", value, bounds.low(), bounds.high()))
        .orElseGet(() -> String.format(Locale.ROOT, "%.2f", value));
  }
}
