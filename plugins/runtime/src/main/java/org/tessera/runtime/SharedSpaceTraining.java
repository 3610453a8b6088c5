package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelStore;
import org.tessera.omni.train.HeadTraining;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.TrainingListener;

/** Trains the shared latent space of a finished model; its findings stay as they are. */
public final class SharedSpaceTraining {
  private static final long SEED = 20_261_124;

  private SharedSpaceTraining() {}

  /**
   * Trains the head and writes the model.
   *
   * @param model folder of the model; if empty, the one that ships
   * @param data folders of data sets, or single data sets
   * @param out gets the model
   * @throws RejectedInputException if there are no rows to train on
   */
  public static void run(
      Optional<Path> model, List<Path> data, Path out, WorkListener listener)
      throws IOException, RejectedInputException {
    List<LabelledRow> rows = new ArrayList<>();
    for (Path folder : data) {
      rows.addAll(LabelledFolders.rows(folder, "train"));
    }
    ModelBundle bundle =
        model.isPresent()
            ? ModelStore.bundle(Models.inside(model.get()))
            : ModelStore.shippedBundle();
    TrainingListener told = new ModelTraining.Told(listener, metrics -> {});
    ModelStore.save(HeadTraining.of(bundle, rows, new LabelledFiles(), SEED, told), out);
  }
}
