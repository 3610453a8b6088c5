package org.tessera.validation.fusion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
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
  private final RowReader reader;
  private final Sequencer sequencer;
  private final Progress progress;
  private final Set<Modality> joined = EnumSet.noneOf(Modality.class);

  /** A study of one model. */
  public FusionStudy(
      OmniModel model, RowReader reader, Sequencer sequencer, Progress progress) {
    this.model = model;
    this.reader = reader;
    this.sequencer = sequencer;
    this.progress = progress;
    model.findings().stream()
        .map(FindingProfile::decidedBy)
        .filter(deciding -> deciding.size() > 1)
        .forEach(joined::addAll);
  }

  /**
   * Runs it.
   *
   * @param train rows that teach early and hybrid fusion
   * @param held rows that weight late fusion
   * @param test rows to be scored
   * @return one entry per finding that the test rows are labelled for
   * @throws RejectedInputException if a finding's rows cannot teach or weight, or a file cannot be
   *     used
   */
  public List<FusionTable> run(
      List<LabelledRow> train, List<LabelledRow> held, List<LabelledRow> test)
      throws IOException, RejectedInputException {
    List<FusedRow> taught = read(train, "train", false);
    List<FusedRow> weighted = read(held, "val", true);
    List<FusedRow> scored = read(test, "test", true);
    List<FusionTable> tables = new ArrayList<>();
    for (int f = 0; f < model.findings().size(); f++) {
      FindingProfile profile = model.findings().get(f);
      List<FusedRow> asked =
          scored.stream().filter(row -> row.row().labels().containsKey(profile.key())).toList();
      if (!asked.isEmpty()) {
        tables.add(table(profile, f, taught, weighted, asked));
      }
    }
    return tables;
  }

  private FusionTable table(
      FindingProfile profile,
      int finding,
      List<FusedRow> train,
      List<FusedRow> held,
      List<FusedRow> scored)
      throws RejectedInputException {
    Set<Modality> deciding = EnumSet.copyOf(profile.decidedBy());
    FusionTable table = new FusionTable(profile, scored);
    for (Modality modality : deciding) {
      table.add(
          modality.wireName() + " alone",
          scores(scored, row -> row.alone(modality, finding).orElse(0.0)));
    }
    if (deciding.size() > 1) {
      late(table, profile, finding, deciding, held, scored);
      trained(table, profile, deciding, train, scored);
    }
    table.add(FusionTable.OMNI, scores(scored, row -> row.whole()[finding]));
    for (Modality modality : deciding) {
      table.add(
          FusionTable.OMNI + " without " + modality.wireName(),
          scores(scored, row -> row.without(modality, finding)));
    }
    return table;
  }

  private static void late(
      FusionTable table,
      FindingProfile profile,
      int finding,
      Set<Modality> deciding,
      List<FusedRow> held,
      List<FusedRow> scored)
      throws RejectedInputException {
    table.add(
        FusionTable.LATE + " (mean)",
        scores(
            scored,
            row -> Arrays.stream(probabilities(row, deciding, finding)).average().orElse(0)));
    table.add(
        FusionTable.LATE + " (greatest)",
        scores(
            scored, row -> Arrays.stream(probabilities(row, deciding, finding)).max().orElse(0)));
    List<FusedRow> known =
        held.stream().filter(row -> row.row().labels().containsKey(profile.key())).toList();
    requireBothClasses(known, profile);
    LogisticRegression weighted =
        LogisticRegression.fit(
            known.stream().map(row -> logits(row, deciding, finding)).toList(),
            labels(known, profile.key()),
            known.stream().map(row -> row.row().patient()).toList());
    table.add(
        FusionTable.LATE + " (weighted)",
        scores(scored, row -> weighted.score(logits(row, deciding, finding))));
  }

  private static double[] logits(FusedRow row, Set<Modality> deciding, int finding) {
    return deciding.stream().mapToDouble(each -> row.alone(each, finding).orElse(0.0)).toArray();
  }

  private static double[] probabilities(FusedRow row, Set<Modality> deciding, int finding) {
    return Calibration.probabilities(logits(row, deciding, finding));
  }

  private static void trained(
      FusionTable table,
      FindingProfile profile,
      Set<Modality> deciding,
      List<FusedRow> train,
      List<FusedRow> scored)
      throws RejectedInputException {
    List<FusedRow> known =
        train.stream()
            .filter(row -> row.row().labels().containsKey(profile.key()))
            .filter(row -> isWhole(row, deciding))
            .toList();
    requireBothClasses(known, profile);
    boolean[] labels = labels(known, profile.key());
    Perceptron early =
        Perceptron.fit(known.stream().map(row -> vector(row, deciding)).toList(), labels, SEED);
    CrossAttention hybrid =
        CrossAttention.fit(known.stream().map(row -> tokens(row, deciding)).toList(), labels, SEED);
    // A case without one of them is none of these ways' business: a constant, like chance.
    table.add(
        "early fusion",
        scores(scored, row -> isWhole(row, deciding) ? early.score(vector(row, deciding)) : 0));
    table.add(
        "hybrid fusion",
        scores(scored, row -> isWhole(row, deciding) ? hybrid.score(tokens(row, deciding)) : 0));
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

  /** A way of scoring a row. */
  private interface Scorer {
    double of(FusedRow row);
  }

  private static double[] scores(List<FusedRow> rows, Scorer scorer) {
    return rows.stream().mapToDouble(scorer::of).toArray();
  }

  private List<FusedRow> read(List<LabelledRow> rows, String split, boolean scored)
      throws IOException, RejectedInputException {
    List<FusedRow> read = new ArrayList<>();
    for (LabelledRow row : rows) {
      read.add(read(row, scored));
      progress.at(read.size(), rows.size(), split + " rows");
    }
    return read;
  }

  private FusedRow read(LabelledRow row, boolean scored)
      throws IOException, RejectedInputException {
    EncodedCase encoded = model.encode(sequencer.build(reader.read(row).patientCase()));
    Set<Modality> present = EnumSet.noneOf(Modality.class);
    Map<Modality, float[]> latents = new EnumMap<>(Modality.class);
    Map<Modality, float[][]> tokens = new EnumMap<>(Modality.class);
    for (Modality modality : row.files().keySet()) {
      if (encoded.indices(modality).length > 0) {
        present.add(modality);
        latents.put(modality, model.latent(encoded, modality));
        if (joined.contains(modality)) {
          tokens.put(modality, tokens(encoded, modality));
        }
      }
    }
    Map<Modality, float[]> alone = new EnumMap<>(Modality.class);
    Map<Modality, float[]> without = new EnumMap<>(Modality.class);
    if (!scored) {
      return new FusedRow(row, latents, tokens, new float[0], alone, without);
    }
    List<Pass> passes = new ArrayList<>(List.of(Pass.whole(encoded)));
    for (Modality modality : present) {
      Set<Modality> others = EnumSet.copyOf(present);
      others.remove(modality);
      passes.add(Pass.without(encoded, others));
      passes.add(Pass.without(encoded, Set.of(modality)));
    }
    float[][] logits = model.logits(passes);
    int at = 1;
    for (Modality modality : present) {
      alone.put(modality, logits[at++]);
      without.put(modality, logits[at++]);
    }
    return new FusedRow(row, latents, tokens, logits[0], alone, without);
  }

  /** Embeddings of a modality's tokens, scaled so that a number is about 1 in size. */
  private static float[][] tokens(EncodedCase encoded, Modality modality) {
    int[] indices = encoded.indices(modality);
    int width = encoded.width();
    float[][] tokens = new float[indices.length][];
    double squares = 0;
    for (int t = 0; t < tokens.length; t++) {
      int from = indices[t] * width;
      tokens[t] = Arrays.copyOfRange(encoded.embeddings(), from, from + width);
      for (float number : tokens[t]) {
        squares += number * number;
      }
    }
    float scale = (float) Math.sqrt(tokens.length * width / Math.max(squares, 1e-12));
    for (float[] token : tokens) {
      for (int i = 0; i < width; i++) {
        token[i] *= scale;
      }
    }
    return tokens;
  }
}
