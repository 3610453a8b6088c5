package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledData;
import org.tessera.omni.train.LabelledRow;

/**
 * Scores a model, and baselines trained on the split {@code train}, on one split of labelled data.
 * Rows stream through in chunks; only their scores and the baselines' few numbers are kept.
 */
public final class CohortScoring {
  private static final String TRAIN = "train";

  private final OmniModel model;
  private final RowReader reader;
  private final Sequencer sequencer;
  private final boolean masks;
  private final Progress progress;

  /**
   * A scoring.
   *
   * @param model what is scored
   * @param reader reads the files
   * @param sequencer turns a case into the model's sequence
   * @param masks true to score masked images as well; triples the passes over images
   * @param progress is told
   */
  public CohortScoring(
      OmniModel model, RowReader reader, Sequencer sequencer, boolean masks, Progress progress) {
    this.model = model;
    this.reader = reader;
    this.sequencer = sequencer;
    this.masks = masks;
    this.progress = progress;
  }

  /**
   * Scores a split of all known data sets below a folder.
   *
   * @throws RejectedInputException if no labelled data are there
   */
  public CohortScores score(Path data, String split) throws IOException, RejectedInputException {
    String name = String.valueOf(data.toAbsolutePath().normalize().getFileName());
    return score(LabelledData.read(data), name, split);
  }

  /**
   * Scores rows that were read already.
   *
   * @param rows rows of any split
   * @param data name of the data
   * @param split which rows are scored; those of {@code train} teach the baselines
   * @throws RejectedInputException if there is no row of that split
   */
  public CohortScores score(List<LabelledRow> rows, String data, String split)
      throws IOException, RejectedInputException {
    List<LabelledRow> wanted =
        rows.stream()
            .filter(row -> row.split().equals(split) || row.split().equals(TRAIN))
            .filter(row -> findings().stream().anyMatch(f -> BaselineTraining.answers(row, f)))
            .toList();
    if (wanted.stream().noneMatch(row -> row.split().equals(split))) {
      throw new RejectedInputException(
          "No labelled row of the split %s is in %s.".formatted(split, data));
    }
    CollectedRows collected = new CollectedRows();
    new Preparation(reader, sequencer, findings(), masks)
        .run(
            wanted,
            split,
            chunk -> {
              collect(chunk, split, collected);
              progress.at(collected.seen(), wanted.size(), "reading and scoring");
            });
    return new CohortScores(
        data, split, collected.rowsBySet(), collected.refused(), findings(collected));
  }

  private List<FindingProfile> findings() {
    return model.findings();
  }

  private void collect(List<PreparedRow> chunk, String split, CollectedRows collected) {
    collected.see(chunk.size());
    List<PreparedRow> scored = new ArrayList<>();
    for (PreparedRow each : chunk) {
      Optional<String> refusal = each.refusal().or(() -> undecoded(each));
      if (refusal.isPresent()) {
        collected.refuse(each.row(), refusal.get());
        continue;
      }
      if (each.row().split().equals(TRAIN)) {
        collected.training().add(light(each));
      }
      if (each.row().split().equals(split)) {
        scored.add(each);
      }
    }
    collected.scored().addAll(answered(scored));
  }

  private List<AnsweredRow> answered(List<PreparedRow> scored) {
    List<Optional<TokenSequence>> whole = scored.stream().map(PreparedRow::sequence).toList();
    List<float[]> logits = logits(whole);
    Map<Masking, List<float[]>> masked = new EnumMap<>(Masking.class);
    if (masks) {
      for (Masking masking : Masking.values()) {
        masked.put(
            masking,
            logits(
                scored.stream()
                    .map(each -> Optional.ofNullable(each.masked().get(masking)))
                    .toList()));
      }
    }
    List<AnsweredRow> answered = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      Map<Masking, float[]> ofRow = new EnumMap<>(Masking.class);
      for (Map.Entry<Masking, List<float[]>> each : masked.entrySet()) {
        ofRow.put(each.getKey(), each.getValue().get(i));
      }
      answered.add(new AnsweredRow(light(scored.get(i)), logits.get(i), ofRow));
    }
    return answered;
  }

  /** A sequence without one of the files would be scored as if the file had never been there. */
  private static Optional<String> undecoded(PreparedRow row) {
    return row.sequence()
        .filter(each -> !each.tokensByModality().keySet().containsAll(row.row().files().keySet()))
        .map(each -> "A file has nothing that can be read.");
  }

  /** The same row without what only the model needed. */
  private static PreparedRow light(PreparedRow row) {
    return new PreparedRow(
        row.row(), Optional.empty(), Optional.empty(), Map.of(), row.features());
  }

  /** One row of logits for each sequence; an empty one where there is no sequence. */
  private List<float[]> logits(List<Optional<TokenSequence>> sequences) {
    List<Pass> passes = new ArrayList<>();
    for (Optional<TokenSequence> sequence : sequences) {
      sequence.map(model::encode).map(Pass::whole).ifPresent(passes::add);
    }
    float[][] answers = passes.isEmpty() ? new float[0][] : model.logits(passes);
    List<float[]> rows = new ArrayList<>();
    int next = 0;
    for (Optional<TokenSequence> sequence : sequences) {
      rows.add(sequence.isPresent() ? answers[next++] : new float[0]);
    }
    return rows;
  }

  private List<FindingScores> findings(CollectedRows collected) {
    BaselineTraining training = new BaselineTraining(collected.training());
    List<FindingScores> findings = new ArrayList<>();
    for (int index = 0; index < findings().size(); index++) {
      FindingProfile finding = findings().get(index);
      progress.at(index, findings().size(), "fitting baselines");
      List<AnsweredRow> rows =
          collected.scored().stream()
              .filter(each -> BaselineTraining.answers(each.row().row(), finding))
              .toList();
      if (!rows.isEmpty()) {
        findings.add(finding(finding, index, rows, training));
      }
    }
    progress.at(findings().size(), findings().size(), "fitting baselines");
    return findings;
  }

  private FindingScores finding(
      FindingProfile finding, int index, List<AnsweredRow> rows, BaselineTraining training) {
    List<String> notes = new ArrayList<>();
    Map<Masking, double[]> maskings = new EnumMap<>(Masking.class);
    for (Masking masking : Masking.values()) {
      if (rows.stream().allMatch(each -> each.has(masking))) {
        maskings.put(
            masking, rows.stream().mapToDouble(each -> each.masked(masking)[index]).toArray());
      }
    }
    return new FindingScores(
        finding,
        rows.stream().map(each -> each.scoredFor(model, index)).toList(),
        training.scores(finding, rows.stream().map(AnsweredRow::row).toList(), notes),
        maskings,
        notes);
  }
}
