package org.tessera.omni.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EmbeddedModel;
import org.tessera.omni.model.LatentTrainer;
import org.tessera.omni.model.LatentTrainer.Part;
import org.tessera.omni.model.ModelBundle;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.model.Shown;
import org.tessera.omni.token.Segment;

/**
 * The last stage: the head of the shared latent space alone, on the tokens that the finished stems
 * make. Cheap, so its batches can be large, which the contrastive loss needs; nothing but the head
 * changes. A function of weights, data and seed.
 */
final class LatentStage {
  private static final int BATCH = 96;
  private static final int MOST_STEPS = 1_000;
  private static final int MOST_EPOCHS = 30;
  private static final double RATE = 2e-3;
  private static final double WARM_UP = 0.05;
  private static final double KEPT = 0.7;

  private LatentStage() {}

  /** The weights of a model with the head trained on, on the examples. */
  static Map<String, Tensor> refined(
      ModelBundle bundle,
      List<Example> examples,
      ShownFacts facts,
      long seed,
      TrainingListener listener) {
    List<List<Part>> cases = new ArrayList<>();
    try (EmbeddedModel model = new EmbeddedModel(bundle)) {
      for (Example example : examples) {
        parts(model, example, facts).ifPresent(cases::add);
      }
    }
    return refined(bundle, cases, seed, listener);
  }

  /**
   * The weights of a model with the head trained on; unchanged where nothing can be compared.
   *
   * @param cases of each case the parts that show something
   */
  static Map<String, Tensor> refined(
      ModelBundle bundle, List<List<Part>> cases, long seed, TrainingListener listener) {
    Map<String, Tensor> weights = new LinkedHashMap<>(bundle.weights());
    if (cases.isEmpty() || !weights.containsKey("latent.scale")) {
      return weights;
    }
    int batches = (cases.size() + BATCH - 1) / BATCH;
    int steps = Math.min(MOST_STEPS, MOST_EPOCHS * batches);
    Random random = new Random(seed);
    List<List<Part>> order = new ArrayList<>(cases);
    int at = order.size();
    try (LatentTrainer trainer = new LatentTrainer(bundle.weights());
        AdamW optimizer = new AdamW(trainer.parameters())) {
      for (int step = 0; step < steps; step++) {
        List<Part> batch = new ArrayList<>();
        for (int i = 0; i < Math.min(BATCH, order.size()); i++) {
          if (at == order.size()) {
            Collections.shuffle(order, random);
            at = 0;
          }
          for (Part part : order.get(at++)) {
            batch.add(thinned(part, random));
          }
        }
        trainer.step(batch);
        optimizer.step(rate((step + 1.0) / steps));
        listener.progress("shared latents", step + 1, steps);
      }
      weights.putAll(optimizer.averaged());
    }
    return weights;
  }

  private static double rate(double done) {
    return done < WARM_UP
        ? RATE * done / WARM_UP
        : RATE * (0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP))));
  }

  /** Some tokens left out at random, so that no single one is learned by heart. */
  private static Part thinned(Part part, Random random) {
    int count = part.count();
    int width = part.tokens().length / count;
    float[] kept = new float[part.tokens().length];
    int rows = 0;
    for (int i = 0; i < count; i++) {
      if (random.nextDouble() < KEPT || (rows == 0 && i == count - 1)) {
        System.arraycopy(part.tokens(), i * width, kept, rows * width, width);
        rows++;
      }
    }
    return new Part(part.modality(), rows, Arrays.copyOf(kept, rows * width), part.shown());
  }

  /** What an example has for the shared space; empty if it shows nothing. */
  static Optional<List<Part>> parts(EmbeddedModel model, Example example, ShownFacts facts) {
    List<Part> parts = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      Shown shown = facts.of(example, modality);
      Optional<Segment> segment = example.segment(modality);
      if (!shown.facts().isEmpty() && segment.isPresent()) {
        int count = segment.get().tokens().size();
        parts.add(new Part(modality, count, model.latentInput(segment.get()), shown));
      }
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts);
  }
}
