package org.tessera.omni.train;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.ModelConfig;

/**
 * What a training does.
 *
 * @param config sizes of the model
 * @param seed of weights, order, augmentation and dropout
 * @param stages one after the other
 * @param batch sequences per step
 */
public record TrainingPlan(ModelConfig config, long seed, List<Stage> stages, int batch) {
  public TrainingPlan {
    stages = List.copyOf(stages);
  }

  /** What is trained in a stage. */
  public enum Kind {
    /** A stem without labels: it says what a hidden part holds. */
    IMAGE_MASKED(Modality.IMAGE, true),
    SLIDE_MASKED(Modality.SLIDE, true),
    AUDIO_MASKED(Modality.AUDIO, true),
    /** A stem with a head of its own. */
    IMAGE_STEM(Modality.IMAGE, false),
    SLIDE_STEM(Modality.SLIDE, false),
    AUDIO_STEM(Modality.AUDIO, false),
    /** Everything. */
    JOINT(null, false);

    private final @Nullable Modality modality;
    private final boolean masked;

    Kind(@Nullable Modality modality, boolean masked) {
      this.modality = modality;
      this.masked = masked;
    }

    /** The one whose stem is trained; empty if all are. */
    Optional<Modality> modality() {
      return Optional.ofNullable(modality);
    }

    /** True if no label takes part. */
    boolean masked() {
      return masked;
    }
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
        24);
  }

  /** Epochs of all stages. */
  public int epochs() {
    return stages.stream().mapToInt(Stage::epochs).sum();
  }
}
