package org.tessera.runtime;

import java.util.List;
import java.util.Map;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.FindingCatalog;
import org.tessera.omni.model.Initialization;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.ModelConfig;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.model.TrainingMemory;

/** The real model with weights as training starts from: everything runs, nothing is known. */
final class UntrainedModel {
  private UntrainedModel() {}

  static OmniModel open() {
    ModelConfig config = ModelConfig.shipped();
    return new EmbeddedModel(
        new ModelBundle(
            "untrained",
            "0",
            config,
            "Tests only.",
            List.of("nothing"),
            List.of("It knows nothing."),
            Map.of(),
            FindingCatalog.entries().stream().map(FindingCatalog.Entry::profile).toList(),
            Initialization.of(config, 1),
            TrainingMemory.EMPTY));
  }
}
