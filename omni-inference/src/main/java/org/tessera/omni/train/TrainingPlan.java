package org.tessera.omni.train;

import java.util.List;
import org.tessera.omni.model.ModelConfig;

/**
 * What a training does.
 *
 * @param config sizes of the model
 * @param seed of weights, order, augmentation and dropout
 * @param stages one after the other
 * @param batch sequences per step
 * @param threads data-loading threads
 */
public record TrainingPlan(
    ModelConfig config, long seed, List<Stage> stages, int batch, int threads) {
  public TrainingPlan {
    stages = List.copyOf(stages);
  }

  /** What is trained in a stage. */
  public enum Kind {
    IMAGE_STEM,
    SLIDE_STEM,
    AUDIO_STEM,
    JOINT
  }

  /**
   * A stage: its optimizer starts anew, the weights go on.
   *
   * @param kind what is trained
   * @param epochs number of passes over the data
   * @param rate peak learning rate; a short warm-up, then cosine down to 2 %
   */
  public record Stage(Kind kind, int epochs, double rate) {}

  /** The training of the shipped model. */
  public static TrainingPlan shipped() {
    return new TrainingPlan(
        ModelConfig.shipped(),
        20_261_124,
        List.of(
            new Stage(Kind.AUDIO_STEM, 12, 1e-3),
            new Stage(Kind.SLIDE_STEM, 5, 2e-3),
            new Stage(Kind.IMAGE_STEM, 12, 2e-3),
            new Stage(Kind.JOINT, 11, 8e-4)),
        24,
        2);
  }

  /** Epochs of all stages. */
  public int epochs() {
    return stages.stream().mapToInt(Stage::epochs).sum();
  }
}
