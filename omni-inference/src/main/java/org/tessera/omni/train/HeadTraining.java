package org.tessera.omni.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.Initialization;
import org.tessera.omni.model.LatentTrainer.Part;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * Gives a finished model a shared latent space, or a better one: trains the head alone, so that its
 * findings, their calibration and everything else that was measured stay as they are.
 */
public final class HeadTraining {
  private HeadTraining() {}

  /**
   * The same model with its head trained on the {@code train} rows; of the rows few are in memory.
   *
   * @param reader reads the files of the data sets
   */
  public static ModelBundle of(
      ModelBundle bundle,
      List<LabelledRow> rows,
      EvidenceReader reader,
      long seed,
      TrainingListener listener)
      throws IOException {
    Map<String, Tensor> weights = Initialization.of(bundle.config(), seed);
    weights.keySet().removeIf(name -> !name.startsWith("latent."));
    Map<String, Tensor> all = new LinkedHashMap<>(bundle.weights());
    weights.forEach(all::putIfAbsent);
    ModelBundle whole = with(bundle, all);
    List<LabelledRow> train = rows.stream().filter(row -> row.split().equals("train")).toList();
    List<List<Part>> cases = new ArrayList<>();
    try (EmbeddedModel model = new EmbeddedModel(whole)) {
      new ExampleLoader(reader)
          .load(
              train,
              "latents",
              listener,
              (row, example) -> {
                ShownFacts facts = ShownFacts.of(List.of(example));
                LatentStage.parts(model, example, facts).ifPresent(cases::add);
              });
    }
    return with(bundle, LatentStage.refined(whole, cases, seed, listener));
  }

  private static ModelBundle with(ModelBundle bundle, Map<String, Tensor> weights) {
    return new ModelBundle(
        bundle.name(),
        bundle.version(),
        bundle.config(),
        bundle.intendedUse(),
        bundle.trainedOn(),
        bundle.limits(),
        bundle.calibration(),
        bundle.profiles(),
        weights,
        bundle.memory());
  }
}
