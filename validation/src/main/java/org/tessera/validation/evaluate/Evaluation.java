package org.tessera.validation.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.OmniModel;

/** What {@code ./tessera evaluate} does. */
public final class Evaluation {
  private final OmniModel model;
  private final CohortScoring scoring;

  /**
   * An evaluation.
   *
   * @param model what is scored
   * @param decoders read the files
   * @param opener opens the files
   * @param sequencer turns a case into the model's sequence
   * @param masks true to score masked images as well
   * @param progress is told
   */
  public Evaluation(
      OmniModel model,
      List<ContentDecoder> decoders,
      ContentOpener opener,
      Sequencer sequencer,
      boolean masks,
      Progress progress) {
    this.model = model;
    scoring =
        new CohortScoring(model, new RowReader(decoders, opener), sequencer, masks, progress);
  }

  /**
   * Scores a split.
   *
   * @param data a folder of data sets, or one data set
   * @param split {@code train}, {@code val} or {@code test}
   * @throws RejectedInputException if no labelled data are there
   */
  public EvaluationReport run(Path data, String split) throws IOException, RejectedInputException {
    return EvaluationReport.of(model.card(), scoring.score(data, split));
  }
}
