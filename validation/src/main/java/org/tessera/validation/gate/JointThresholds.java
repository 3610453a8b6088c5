package org.tessera.validation.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Thresholds of several checks, chosen together: as strict as they can be while no more than a
 * given share of the true findings fails any of them. Chosen one by one at 5 % each, eleven
 * independent checks would withhold 43 % of the truth.
 */
public final class JointThresholds {
  /** Fewest true findings from which thresholds are taken. */
  public static final int LEAST = 20;

  private static final double STEP = 0.005;

  private JointThresholds() {}

  /**
   * Chooses.
   *
   * @param scores of each true finding, by check; higher passes
   * @param floors least threshold of each check; the result has the same checks
   * @param caps greatest threshold of each check: patients to come are not quite like these
   * @param loss share of the true findings that may fail, from 0 to 1
   * @return the floors if there are fewer than {@value #LEAST} true findings
   */
  public static Map<String, Double> of(
      List<Map<String, Double>> scores,
      Map<String, Double> floors,
      Map<String, Double> caps,
      double loss) {
    if (scores.size() < LEAST) {
      return Map.copyOf(floors);
    }
    Map<String, Double> best = Map.copyOf(floors);
    for (double level = STEP; level <= loss + 1e-9; level += STEP) {
      Map<String, Double> tried = new LinkedHashMap<>();
      double share = level;
      floors.forEach(
          (check, floor) ->
              tried.put(
                  check,
                  Math.clamp(
                      quantile(scores, check, share),
                      floor,
                      caps.getOrDefault(check, Double.MAX_VALUE))));
      if (failing(scores, tried) > loss) {
        break;
      }
      best = Map.copyOf(tried);
    }
    return best;
  }

  /** Share of the findings that fail at least one of the checks. */
  public static double failing(
      List<Map<String, Double>> scores, Map<String, Double> thresholds) {
    return scores.stream()
        .filter(
            each ->
                thresholds.entrySet().stream()
                    .anyMatch(
                        check ->
                            each.getOrDefault(check.getKey(), Double.POSITIVE_INFINITY)
                                < check.getValue()))
        .count()
        / (double) scores.size();
  }

  /** The greatest score that no more than a share of the findings stays below. */
  private static double quantile(
      List<Map<String, Double>> scores, String check, double share) {
    List<Double> known = new ArrayList<>();
    for (Map<String, Double> each : scores) {
      Double score = each.get(check);
      if (score != null) {
        known.add(score);
      }
    }
    if (known.isEmpty()) {
      return Double.NEGATIVE_INFINITY;
    }
    known.sort(null);
    return known.get((int) Math.floor(share * known.size()));
  }
}
