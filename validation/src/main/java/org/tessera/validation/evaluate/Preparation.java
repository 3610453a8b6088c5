package org.tessera.validation.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.baseline.Baseline;
import org.tessera.validation.baseline.Baselines;

/** Decodes rows on two threads, at most two chunks ahead of whoever uses them. */
final class Preparation {
  /** Rows of a chunk: as many as one batch of the model. */
  static final int CHUNK = 16;

  private static final int THREADS = 2;

  private final RowReader reader;
  private final Sequencer sequencer;
  private final List<FindingProfile> findings;
  private final boolean masks;

  Preparation(
      RowReader reader, Sequencer sequencer, List<FindingProfile> findings, boolean masks) {
    this.reader = reader;
    this.sequencer = sequencer;
    this.findings = findings;
    this.masks = masks;
  }

  /**
   * Prepares rows in their order.
   *
   * @param rows what to prepare
   * @param split rows of this split get a sequence for the model
   * @param use is handed one chunk after the other, on the calling thread
   */
  void run(List<LabelledRow> rows, String split, Consumer<List<PreparedRow>> use)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<PreparedRow>> ahead = submit(threads, rows, 0, split);
      for (int from = 0; from < rows.size(); from += CHUNK) {
        List<Future<PreparedRow>> current = ahead;
        ahead = submit(threads, rows, from + CHUNK, split);
        use.accept(finished(current));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Future<PreparedRow>> submit(
      ExecutorService threads, List<LabelledRow> rows, int from, String split) {
    List<Future<PreparedRow>> submitted = new ArrayList<>();
    for (int i = from; i < Math.min(rows.size(), from + CHUNK); i++) {
      LabelledRow row = rows.get(i);
      submitted.add(threads.submit(() -> prepare(row, row.split().equals(split))));
    }
    return submitted;
  }

  private static List<PreparedRow> finished(List<Future<PreparedRow>> futures) throws IOException {
    List<PreparedRow> finished = new ArrayList<>();
    try {
      for (Future<PreparedRow> future : futures) {
        finished.add(future.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The evaluation was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A row could not be prepared.", e.getCause());
    }
    return finished;
  }

  private PreparedRow prepare(LabelledRow row, boolean forModel) {
    try {
      ReadCase read = reader.read(row);
      PatientCase patientCase = read.patientCase();
      Map<Masking, TokenSequence> masked = new EnumMap<>(Masking.class);
      if (forModel && masks && Masking.applies(patientCase)) {
        for (Masking masking : Masking.values()) {
          masked.put(masking, sequencer.build(masking.apply(patientCase)));
        }
      }
      return new PreparedRow(
          row,
          Optional.empty(),
          forModel ? Optional.of(sequencer.build(patientCase)) : Optional.empty(),
          masked,
          features(row, read));
    } catch (RejectedInputException e) {
      return PreparedRow.refused(row, e.sentence());
    } catch (IOException e) {
      return PreparedRow.refused(row, "The file could not be read.");
    }
  }

  private Map<Baseline, double[]> features(LabelledRow row, ReadCase read) throws IOException {
    Map<Baseline, double[]> features = new HashMap<>();
    for (Modality modality : deciding(row)) {
      if (read.contents().containsKey(modality)) {
        for (Baseline baseline : Baselines.of(modality)) {
          features.put(
              baseline,
              baseline.features(
                  read.contents().get(modality), read.patientCase().of(modality).getFirst()));
        }
      }
    }
    return features;
  }

  /** The modalities that decide a finding for which the row has a label. */
  private Set<Modality> deciding(LabelledRow row) {
    Set<Modality> deciding = EnumSet.noneOf(Modality.class);
    for (FindingProfile finding : findings) {
      if (row.labels().containsKey(finding.key())) {
        deciding.addAll(finding.decidedBy());
      }
    }
    return deciding;
  }
}
