package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.search.LatentEntry;
import org.tessera.omni.search.LatentIndexWriter;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.token.TokenSequence;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.evaluate.RowReader;

/** Makes an index of the evidence of labelled data. */
public final class LatentIndexing {
  private static final Logger LOG = LoggerFactory.getLogger(LatentIndexing.class);

  private LatentIndexing() {}

  /**
   * What came of it.
   *
   * @param cases rows that were read
   * @param vectors pieces of evidence that can be found
   * @param leftOut rows of which a file cannot be used
   */
  public record Outcome(int cases, int vectors, int leftOut) {}

  /**
   * Reads the rows one after the other and writes the index.
   *
   * @param data a folder of data sets, or one data set
   * @param split only rows of this split
   * @param out the index's folder: absent, empty, or an index, which is replaced
   * @throws RejectedInputException if there are no such rows, none of them can be read, or the
   *     model has no shared space
   */
  public static Outcome run(
      ModelSource source, Path data, Optional<String> split, Path out, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows =
        split.isPresent()
            ? LabelledFolders.rows(data, split.get())
            : LabelledFolders.rows(List.of(data));
    try (OmniModel model = source.open();
        LatentIndexWriter writer = LatentIndexWriter.create(out, SharedSpace.hash(model))) {
      RowReader reader = new RowReader(Decoders.all(), FileContent::of);
      int vectors = 0;
      int leftOut = 0;
      for (int i = 0; i < rows.size(); i++) {
        listener.at("latents", i, rows.size());
        Optional<Map<Modality, float[]>> found = vectors(model, reader, rows.get(i));
        leftOut += found.isEmpty() ? 1 : 0;
        for (var each : found.orElse(Map.of()).entrySet()) {
          writer.add(entry(rows.get(i), each.getKey()), each.getValue());
          vectors++;
        }
      }
      if (vectors == 0) {
        throw new RejectedInputException("None of the rows can be read; no index was written.");
      }
      listener.at("index", rows.size(), rows.size());
      writer.commit();
      return new Outcome(rows.size() - leftOut, vectors, leftOut);
    }
  }

  /** Empty if a file of the row cannot be used. */
  static Optional<Map<Modality, float[]>> vectors(
      OmniModel model, RowReader reader, LabelledRow row)
      throws IOException, RejectedInputException {
    TokenSequence sequence;
    try {
      sequence = SequenceBuilder.build(reader.read(row).patientCase());
    } catch (RejectedInputException e) {
      LOG.warn("A row of {} is left out: {}", row.set(), e.sentence());
      return Optional.empty();
    }
    return Optional.of(SharedSpace.vectors(model, sequence));
  }

  private static LatentEntry entry(LabelledRow row, Modality modality) {
    Map<String, String> labels = new HashMap<>();
    row.labels().forEach((name, value) -> labels.put(name, value.toString()));
    return new LatentEntry(row.id(), row.set(), row.split(), modality, labels);
  }
}
