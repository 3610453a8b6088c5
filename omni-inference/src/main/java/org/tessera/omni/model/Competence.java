package org.tessera.omni.model;

import java.util.Map;

/**
 * How well a finding was measured to be known, beside what a shortcut reaches on the same rows.
 *
 * @param data data set and split
 * @param n rows
 * @param positives rows that have the finding
 * @param auroc area under the ROC curve
 * @param low lower bound of its 95 % interval, clustered by patient
 * @param high upper bound
 * @param matchedLow least lower bound within the strata of the known shortcuts (channel, view,
 *     source); equals {@code low} where there is only one stratum
 * @param shortcuts AUROC of each plain shortcut on the same rows (bytes, border, thumbnail)
 * @param gainLow lower bound of the paired difference to the strongest shortcut
 * @param competent the verdict
 * @param reason one sentence
 */
public record Competence(
    String data,
    int n,
    int positives,
    double auroc,
    double low,
    double high,
    double matchedLow,
    Map<String, Double> shortcuts,
    double gainLow,
    boolean competent,
    String reason) {
  public Competence {
    shortcuts = Map.copyOf(shortcuts);
  }
}
