package org.tessera.validation.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores of a model on one split of labelled data.
 *
 * @param data name of the folder
 * @param split the split
 * @param rowsBySet rows scored, by data set
 * @param refused why files were not scored, with how many; never a name of a patient
 * @param findings one per finding of the model that has labelled rows
 */
public record CohortScores(
    String data,
    String split,
    Map<String, Integer> rowsBySet,
    Map<String, Integer> refused,
    List<FindingScores> findings) {
  public CohortScores {
    rowsBySet = Map.copyOf(rowsBySet);
    refused = Map.copyOf(refused);
    findings = List.copyOf(findings);
  }

  /** The scores of a finding, by its key. */
  public Optional<FindingScores> of(String key) {
    return findings.stream().filter(each -> each.profile().key().equals(key)).findFirst();
  }
}
