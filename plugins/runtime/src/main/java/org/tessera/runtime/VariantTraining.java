package org.tessera.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.train.LabelledRow;
import org.tessera.omni.train.Trainer;
import org.tessera.omni.train.TrainingPlan;

/**
 * Trains variants of a model alike: the same seed and data.
 *
 * @param plan of the shipped model, or a smaller one
 * @param out gets a folder for each training, and what the comparison writes
 * @param listener told how far it is
 * @param lines told a line of metrics per epoch
 */
record VariantTraining(
    TrainingPlan plan, Path out, WorkListener listener, Consumer<String> lines) {

  /**
   * Trains one.
   *
   * @param name its folder
   * @param config its sizes
   * @param stages some of the plan's, or others
   * @param start weights that it starts from where it has the same
   * @param resume true to go on from what is in its folder
   */
  Map<String, Tensor> trained(
      String name,
      ModelConfig config,
      List<TrainingPlan.Stage> stages,
      Map<String, Tensor> start,
      List<LabelledRow> rows,
      boolean resume)
      throws IOException {
    return new Trainer(
            new TrainingPlan(config, plan.seed(), stages, plan.batch()),
            out.resolve(name),
            new LabelledFiles(),
            new ModelTraining.Told(
                (what, done, total) -> listener.at(name + ": " + what, done, total),
                line -> lines.accept(name + " " + line)),
            start)
        .train(rows, resume);
  }
}
