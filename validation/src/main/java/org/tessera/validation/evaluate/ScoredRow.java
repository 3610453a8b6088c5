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
 * @param deviation standard error of the answer in logits; NaN where it was not measured
 * @param strata known shortcuts, for example {@code channel -> telegram}
 * @param looks that the finding is told by and that other data will have others of
 */
public record ScoredRow(
    String set,
    String id,
    String cluster,
    boolean label,
    double logit,
    double deviation,
    Map<String, String> strata,
    Map<String, String> looks) {
  public ScoredRow {
    strata = Map.copyOf(strata);
    looks = Map.copyOf(looks);
  }
}
