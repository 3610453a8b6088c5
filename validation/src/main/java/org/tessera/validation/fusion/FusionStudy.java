package org.tessera.validation.fusion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.baseline.LogisticRegression;
import org.tessera.validation.evaluate.Progress;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.evaluate.Sequencer;
import org.tessera.validation.metrics.Calibration;

/**
 * The one sequence against other ways of joining modalities, on the same rows, with the same stems.
 *
 * <ul>
 *   <li><b>alone</b>: the same model, shown one modality only (it was trained with modalities
 *       missing);
 *   <li><b>late fusion</b>: the mean and the greatest of the probabilities of the modalities alone,
 *       and a logistic regression over their logits, fitted on the validation rows;
 *   <li><b>early fusion</b>: one feature vector, the stems' pooled output of the deciding
 *       modalities side by side, read by a perceptron that is trained on the training rows;
 *   <li><b>hybrid</b>: joined half-way, by attention from the tokens of one deciding modality to
 *       those of another ({@link CrossAttention}), trained on the training rows as well;
 *   <li><b>omni</b>: the sequence.
 * </ul>
 *
 * <p>Train rows teach early and hybrid fusion, validation rows weight late fusion, test rows are
 * scored.
 */
public final class FusionStudy {
  private static final long SEED = 20_261_124;

  private final OmniModel model;
  private final FusedRowReader rows;

  /** A study of one model. */
  public FusionStudy(
      OmniModel model, RowReader reader, Sequencer sequencer, Progress progress) {
    this.model = model;
    this.rows = new FusedRowReader(model, reader, sequencer, progress);
  }

  /**
   * Runs it.
   *
   * @param train rows that teach early and hybrid fusion
   * @param held rows that weight late fusion
   * @param test rows to be scored, by the conditions that they were drawn under, the usual ones
   *     first
   * @return one entry per finding that the test rows are labelled for
   * @throws RejectedInputException if a finding's rows cannot teach or weight, or a file cannot be
   *     used
   */
  public List<FusionTable> run(
      List<LabelledRow> train,
      List<LabelledRow> held,
      SequencedMap<String, List<LabelledRow>> test)
      throws IOException, RejectedInputException {
    List<FusedRow> taught = rows.read(train, "train", false);
    List<FusedRow> weighted = rows.read(held, "val", true);
    SequencedMap<String, List<FusedRow>> scored = new LinkedHashMap<>();
    for (Map.Entry<String, List<LabelledRow>> each : test.entrySet()) {
      scored.put(each.getKey(), rows.read(each.getValue(), "test, " + each.getKey(), true));
    }
    List<FusionTable> tables = new ArrayList<>();
    for (int f = 0; f < model.findings().size(); f++) {
      FindingProfile profile = model.findings().get(f);
      SequencedMap<String, List<FusedRow>> asked = new LinkedHashMap<>();
      scored.forEach((name, all) -> asked.put(name, labelled(all, profile)));
      asked.values().removeIf(List::isEmpty);
      if (!asked.isEmpty()) {
        FusionTable table = new FusionTable(profile, asked);
        fill(table, profile, f, labelled(taught, profile), labelled(weighted, profile));
        tables.add(table);
      }
    }
    return tables;
  }

  private static List<FusedRow> labelled(List<FusedRow> rows, FindingProfile profile) {
    return rows.stream().filter(row -> row.row().labels().containsKey(profile.key())).toList();
  }

  private static void fill(
      FusionTable table,
      FindingProfile profile,
      int finding,
      List<FusedRow> train,
      List<FusedRow> held)
      throws RejectedInputException {
    Set<Modality> deciding = EnumSet.copyOf(profile.decidedBy());
    for (Modality modality : deciding) {
      table.add(
          modality.wireName() + " alone", row -> row.alone(modality, finding).orElse(0.0));
    }
    if (deciding.size() > 1) {
      late(table, profile, finding, deciding, held);
      trained(table, profile, deciding, train);
    }
    table.add(FusionTable.OMNI, row -> row.whole()[finding]);
    for (Modality modality : deciding) {
      table.add(
          FusionTable.OMNI + " without " + modality.wireName(),
          row -> row.without(modality, finding));
    }
  }

  private static void late(
      FusionTable table,
      FindingProfile profile,
      int finding,
      Set<Modality> deciding,
      List<FusedRow> held)
      throws RejectedInputException {
    table.add(
        FusionTable.LATE + " (mean)",
        row -> Arrays.stream(probabilities(row, deciding, finding)).average().orElse(0));
    table.add(
        FusionTable.LATE + " (greatest)",
        row -> Arrays.stream(probabilities(row, deciding, finding)).max().orElse(0));
    requireBothClasses(held, profile);
    LogisticRegression weighted =
        LogisticRegression.fit(
            held.stream().map(row -> logits(row, deciding, finding)).toList(),
            labels(held, profile.key()),
            held.stream().map(row -> row.row().patient()).toList());
    table.add(
        FusionTable.LATE + " (weighted)", row -> weighted.score(logits(row, deciding, finding)));
  }

  private static double[] logits(FusedRow row, Set<Modality> deciding, int finding) {
    return deciding.stream().mapToDouble(each -> row.alone(each, finding).orElse(0.0)).toArray();
  }

  private static double[] probabilities(FusedRow row, Set<Modality> deciding, int finding) {
    return Calibration.probabilities(logits(row, deciding, finding));
  }

  private static void trained(
      FusionTable table, FindingProfile profile, Set<Modality> deciding, List<FusedRow> train)
      throws RejectedInputException {
    List<FusedRow> known = train.stream().filter(row -> isWhole(row, deciding)).toList();
    requireBothClasses(known, profile);
    boolean[] labels = labels(known, profile.key());
    Perceptron early =
        Perceptron.fit(known.stream().map(row -> vector(row, deciding)).toList(), labels, SEED);
    CrossAttention hybrid =
        CrossAttention.fit(known.stream().map(row -> tokens(row, deciding)).toList(), labels, SEED);
    // A case without one of them is none of these ways' business: a constant, like chance.
    table.add(
        "early fusion",
        row -> isWhole(row, deciding) ? early.score(vector(row, deciding)) : 0);
    table.add(
        "hybrid fusion",
        row -> isWhole(row, deciding) ? hybrid.score(tokens(row, deciding)) : 0);
  }

  private static boolean isWhole(FusedRow row, Set<Modality> deciding) {
    return row.latents().keySet().containsAll(deciding);
  }

  private static float[][][] tokens(FusedRow row, Set<Modality> deciding) {
    return deciding.stream().map(each -> row.tokens().get(each)).toArray(float[][][]::new);
  }

  private static void requireBothClasses(List<FusedRow> rows, FindingProfile profile)
      throws RejectedInputException {
    long with = rows.stream().filter(row -> row.label(profile.key())).count();
    if (with == 0 || with == rows.size()) {
      throw new RejectedInputException(
          "The data have too few rows with and without " + profile.key() + " to join modalities.");
    }
  }

  /** Latents side by side, each scaled to about unit numbers. */
  private static float[] vector(FusedRow row, Set<Modality> deciding) {
    List<float[]> parts = deciding.stream().map(each -> row.latents().get(each)).toList();
    int width = parts.getFirst().length;
    float[] vector = new float[width * parts.size()];
    float scale = (float) Math.sqrt(width);
    for (int p = 0; p < parts.size(); p++) {
      for (int i = 0; i < width; i++) {
        vector[p * width + i] = parts.get(p)[i] * scale;
      }
    }
    return vector;
  }

  private static boolean[] labels(List<FusedRow> rows, String finding) {
    boolean[] labels = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.get(i).label(finding);
    }
    return labels;
  }
}
