package org.tessera.validation.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tessera.omni.model.FindingProfile;
import org.tessera.validation.metrics.Calibration;

/**
 * Everything measured about one finding, row by row.
 *
 * @param profile the finding
 * @param rows labelled rows that have all of its deciding modalities
 * @param baselines the baselines on the same rows
 * @param maskings the model's logits on masked images, one per row; empty if not asked for
 * @param notes what is missing, one sentence each
 */
public record FindingScores(
    FindingProfile profile,
    List<ScoredRow> rows,
    List<BaselineScores> baselines,
    Map<Masking, double[]> maskings,
    List<String> notes) {
  public FindingScores {
    rows = List.copyOf(rows);
    baselines = List.copyOf(baselines);
    maskings = Map.copyOf(maskings);
    notes = List.copyOf(notes);
  }

  /** The model's logits. */
  public double[] logits() {
    return rows.stream().mapToDouble(ScoredRow::logit).toArray();
  }

  /** Their standard errors; NaN where they were not measured. */
  public double[] deviations() {
    return rows.stream().mapToDouble(ScoredRow::deviation).toArray();
  }

  /** The model's probabilities. */
  public double[] probabilities() {
    return Calibration.probabilities(logits());
  }

  /** True where the row has the finding. */
  public boolean[] labels() {
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i).label();
    }
    return labels;
  }

  /** The cluster of each row. */
  public List<String> clusters() {
    return rows.stream().map(ScoredRow::cluster).toList();
  }

  /** The looks of each row. */
  public List<Map<String, String>> looks() {
    return rows.stream().map(ScoredRow::looks).toList();
  }

  /** How many rows have the finding. */
  public int positives() {
    return (int) rows.stream().filter(ScoredRow::label).count();
  }

  /** How many rows do not. */
  public int negatives() {
    return rows.size() - positives();
  }

  /** Only some of the rows. */
  public FindingScores where(Predicate<ScoredRow> wanted) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (wanted.test(rows.get(i))) {
        kept.add(i);
      }
    }
    Map<Masking, double[]> keptMaskings = new EnumMap<>(Masking.class);
    maskings.forEach((masking, logits) -> keptMaskings.put(masking, select(logits, kept)));
    return new FindingScores(
        profile,
        kept.stream().map(rows::get).toList(),
        baselines.stream()
            .map(each -> new BaselineScores(each.name(), each.kind(), select(each.scores(), kept)))
            .toList(),
        keptMaskings,
        notes);
  }

  private static double[] select(double[] values, List<Integer> kept) {
    return kept.stream().mapToDouble(i -> values[i]).toArray();
  }
}
