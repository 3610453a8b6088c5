package org.tessera.validation.evaluate;

import java.util.Map;

/**
 * A row and what the model said.
 *
 * @param set data set
 * @param id row within the set
 * @param cluster patient, or the nearest stand-in, unique over all sets
 * @param label true if it has the finding
 * @param logit the model's answer
 * @param strata known shortcuts, for example {@code channel -> telegram}
 */
public record ScoredRow(
    String set,
    String id,
    String cluster,
    boolean label,
    double logit,
    Map<String, String> strata) {
  public ScoredRow {
    strata = Map.copyOf(strata);
  }
}
