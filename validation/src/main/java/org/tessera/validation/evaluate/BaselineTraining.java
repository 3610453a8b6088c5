package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.baseline.Baseline;
import org.tessera.validation.baseline.Baselines;
import org.tessera.validation.baseline.LogisticRegression;

/** Fits the baselines of a finding on training rows and scores other rows. */
final class BaselineTraining {
  private final List<PreparedRow> training;

  /** Training with all prepared rows of the split {@code train}. */
  BaselineTraining(List<PreparedRow> training) {
    this.training = training;
  }

  /**
   * The baselines of a finding.
   *
   * @param finding the finding
   * @param scored the rows to score
   * @param notes gets a sentence for each baseline that cannot be fitted
   */
  List<BaselineScores> scores(
      FindingProfile finding, List<PreparedRow> scored, List<String> notes) {
    List<PreparedRow> rows =
        training.stream().filter(each -> answers(each.row(), finding)).toList();
    boolean[] labels = labels(rows, finding);
    if (!bothClasses(labels)) {
      notes.add("No baselines: the training rows here do not have both classes.");
      return List.of();
    }
    Set<Modality> deciding = EnumSet.copyOf(finding.decidedBy());
    List<BaselineScores> all = new ArrayList<>();
    for (Modality modality : deciding) {
      for (Baseline baseline : Baselines.of(modality)) {
        String name =
            deciding.size() == 1 ? baseline.name() : modality.wireName() + " " + baseline.name();
        all.add(new BaselineScores(name, baseline.kind(), fitted(baseline, rows, labels, scored)));
      }
    }
    return all;
  }

  /** True if the row has a label for the finding, and all that decides it. */
  static boolean answers(LabelledRow row, FindingProfile finding) {
    return row.labels().containsKey(finding.key())
        && row.files().keySet().containsAll(finding.decidedBy());
  }

  /** The patient of a row, unique over all sets. */
  static String cluster(LabelledRow row) {
    return row.set() + "/" + row.patient();
  }

  private static double[] fitted(
      Baseline baseline, List<PreparedRow> rows, boolean[] labels, List<PreparedRow> scored) {
    LogisticRegression regression =
        LogisticRegression.fit(
            rows.stream().map(each -> features(each, baseline)).toList(),
            labels,
            rows.stream().map(each -> cluster(each.row())).toList());
    return scored.stream()
        .mapToDouble(each -> regression.score(features(each, baseline)))
        .toArray();
  }

  private static double[] features(PreparedRow row, Baseline baseline) {
    double[] features = row.features().get(baseline);
    if (features == null) {
      throw new IllegalStateException("No features for " + baseline.name());
    }
    return features;
  }

  private static boolean[] labels(List<PreparedRow> rows, FindingProfile finding) {
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Boolean.TRUE.equals(rows.get(i).row().labels().get(finding.key()));
    }
    return labels;
  }

  private static boolean bothClasses(boolean[] labels) {
    for (boolean label : labels) {
      if (label != labels[0]) {
        return true;
      }
    }
    return false;
  }
}
