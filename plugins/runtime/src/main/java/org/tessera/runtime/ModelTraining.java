package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelStore;
import org.tessera.omni.model.Safetensors;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.ShippedCard;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.MemoryBuilder;
import org.tessera.omni.train.Trainer;
import org.tessera.omni.train.TrainingListener;
import org.tessera.omni.train.TrainingPlan;

/**
 * From labelled data to a model that can be used: training, memory, measurement, files. Train rows
 * teach, validation rows stop, calibrate and measure; test rows are not opened.
 */
public final class ModelTraining {
  private static final String VERSION = "0.1.0";

  private ModelTraining() {}

  /**
   * Trains the model that ships.
   *
   * @param data folders of data sets, or single data sets
   * @param out gets the checkpoint, a line of metrics per epoch, and in {@code model} the model
   * @param resume true to go on from the checkpoint in {@code out}
   * @param listener told how far it is
   * @param epochs told a line of metrics per epoch
   * @throws RejectedInputException if there are no labelled data
   */
  public static void run(
      List<Path> data, Path out, boolean resume, WorkListener listener, Consumer<String> epochs)
      throws IOException, RejectedInputException {
    run(TrainingPlan.shipped(), data, out, resume, listener, epochs);
  }

  /** Trains by a plan of one's own. */
  static void run(
      TrainingPlan plan,
      List<Path> data,
      Path out,
      boolean resume,
      WorkListener listener,
      Consumer<String> epochs)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows = LabelledFolders.rows(data);
    LabelledFiles files = new LabelledFiles();
    TrainingListener told = new Told(listener, epochs);
    Map<String, Tensor> weights =
        Safetensors.rounded(new Trainer(plan, out, files, told).train(rows, resume));
    List<String> sets =
        rows.stream()
            .filter(row -> row.split().equals("train"))
            .map(LabelledRow::set)
            .distinct()
            .toList();
    ModelBundle trained = ShippedCard.unmeasured(VERSION, plan.config(), weights, sets);
    ModelBundle remembering =
        trained.with(new MemoryBuilder(trained, files, told).build(rows));
    ModelBundle measured =
        ModelMeasurement.measured(remembering, rows, "validation", listener);
    ModelStore.save(GateMeasurement.measured(measured, rows, listener), out.resolve("model"));
  }

  /** Hands on what the trainer tells. */
  record Told(WorkListener listener, Consumer<String> epochs)
      implements TrainingListener {
    @Override
    public void progress(String what, int done, int of) {
      listener.at(what, done, of);
    }

    @Override
    public void epoch(String metrics) {
      epochs.accept(metrics);
    }
  }
}
