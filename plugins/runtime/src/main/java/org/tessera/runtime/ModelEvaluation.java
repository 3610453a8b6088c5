package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.token.SequenceBuilder;
import org.tessera.validation.evaluate.CardBlocks;
import org.tessera.validation.evaluate.Evaluation;
import org.tessera.validation.evaluate.EvaluationJson;
import org.tessera.validation.evaluate.EvaluationReport;
import org.tessera.validation.evaluate.EvaluationTable;
import org.tessera.validation.evaluate.MarkedBlocks;

/** A model against labelled data, beside plain and shortcut baselines on the same rows. */
public final class ModelEvaluation {
  private ModelEvaluation() {}

  /**
   * Scores a split and writes the figures as JSON.
   *
   * @param source the model
   * @param data a folder of data sets, or one data set
   * @param split {@code train}, {@code val} or {@code test}
   * @param masks true to score images with their border, and with their centre, masked as well
   * @param out the file to write
   * @param into text files whose marked blocks are brought up to date
   * @param listener told how far it is
   * @return the figures as a table, in Markdown
   * @throws RejectedInputException if the folder has no labelled data of that split
   */
  public static String run(
      ModelSource source,
      Path data,
      String split,
      boolean masks,
      Path out,
      List<Path> into,
      WorkListener listener)
      throws IOException, RejectedInputException {
    MarkedBlocks.require(into);
    try (OmniModel model = source.open()) {
      EvaluationReport report =
          new Evaluation(
                  model,
                  Decoders.all(),
                  FileContent::of,
                  SequenceBuilder::build,
                  masks,
                  (done, total, step) -> listener.at(step, done, total))
              .run(data, split);
      Path parent = out.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(out, EvaluationJson.write(report) + "\n");
      for (Path text : into) {
        MarkedBlocks.update(text, CardBlocks.of(report, model.findings()));
      }
      return EvaluationTable.markdown(report);
    }
  }
}
