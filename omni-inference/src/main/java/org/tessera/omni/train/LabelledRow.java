package org.tessera.omni.train;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tessera.casemodel.Modality;

/**
 * One labelled case of a data set.
 *
 * @param set folder of the data set, for example {@code cxr-kermany}
 * @param id of the row within its set
 * @param files its evidence
 * @param patient patient, or the nearest stand-in that the source allows; intervals are clustered
 *     by it
 * @param split {@code train}, {@code val}, {@code test} or {@code none}
 * @param labels by finding key; a finding that the source does not label is absent
 * @param strata known shortcuts, for example {@code channel -> telegram}
 * @param signs what the note and the record of a phantom say, for example {@code note_fever}; empty
 *     for real data
 * @param looks what a phantom is drawn with, of which another world has others, for example {@code
 *     machine -> loess}; empty for real data, of which nobody knows
 */
public record LabelledRow(
    String set,
    String id,
    Map<Modality, Path> files,
    String patient,
    String split,
    Map<String, Boolean> labels,
    Map<String, String> strata,
    Map<String, Boolean> signs,
    Map<String, String> looks) {
  public LabelledRow {
    files = Map.copyOf(files);
    labels = Map.copyOf(labels);
    strata = Map.copyOf(strata);
    signs = Map.copyOf(signs);
    looks = Map.copyOf(looks);
  }

  /** A row without signs and looks. */
  public LabelledRow(
      String set,
      String id,
      Map<Modality, Path> files,
      String patient,
      String split,
      Map<String, Boolean> labels,
      Map<String, String> strata) {
    this(set, id, files, patient, split, labels, strata, Map.of(), Map.of());
  }

  /** Those looks that a finding is told by. */
  public Map<String, String> looksOf(String finding) {
    Map<String, String> own = new HashMap<>(looks);
    own.keySet().retainAll(PhantomLabels.looks(finding));
    return Map.copyOf(own);
  }
}
