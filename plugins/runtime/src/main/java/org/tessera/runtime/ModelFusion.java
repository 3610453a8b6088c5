package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.omni.train.LabelledRow;
import org.tessera.validation.evaluate.MarkedBlocks;
import org.tessera.validation.evaluate.RowReader;
import org.tessera.validation.fusion.FusionStudy;
import org.tessera.validation.fusion.FusionTable;

/** The one sequence against other ways of joining modalities. */
public final class ModelFusion {
  private ModelFusion() {}

  /**
   * Runs the study and writes its figures as JSON.
   *
   * @param source the model
   * @param data data with train, validation and test rows that have several modalities
   * @param under more data whose test rows are scored, by their conditions, for example noisy
   * @param out the file to write
   * @param into text files whose block {@code fusion} is brought up to date
   * @return the figures as a table, in Markdown
   * @throws RejectedInputException if there are no such data
   */
  public static String run(
      ModelSource source,
      Path data,
      Map<String, Path> under,
      Path out,
      List<Path> into,
      WorkListener listener)
      throws IOException, RejectedInputException {
    MarkedBlocks.require(into);
    List<LabelledRow> train = rows(data, "train");
    List<LabelledRow> held = rows(data, "val");
    SequencedMap<String, List<LabelledRow>> scored = new LinkedHashMap<>();
    scored.put("AUROC [95 %]", rows(data, "test"));
    for (Map.Entry<String, Path> each : under.entrySet()) {
      scored.put(each.getKey(), rows(each.getValue(), "test"));
    }
    try (OmniModel model = source.open()) {
      List<FusionTable> tables =
          new FusionStudy(
                  model,
                  new RowReader(Decoders.all(), FileContent::of),
                  SequenceBuilder::build,
                  (done, total, step) -> listener.at(step, done, total))
              .run(train, held, scored);
      if (tables.isEmpty()) {
        throw new RejectedInputException("The test cases have labels of none of the findings.");
      }
      Path parent = out.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(out, FusionTable.json(tables));
      String table = FusionTable.markdown(tables);
      for (Path text : into) {
        MarkedBlocks.update(text, Map.of("fusion", table));
      }
      return table;
    }
  }

  private static List<LabelledRow> rows(Path data, String split)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows =
        LabelledFolders.rows(data, split).stream().filter(row -> row.files().size() > 1).toList();
    if (rows.isEmpty()) {
      throw new RejectedInputException(
          "No case of the split \"%s\" has more than one modality.".formatted(split));
    }
    return rows;
  }
}
