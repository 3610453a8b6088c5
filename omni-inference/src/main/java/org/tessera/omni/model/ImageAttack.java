package org.tessera.omni.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.TokenSequence;

/**
 * An adversary who knows the weights: projected gradient ascent (Madry 2018) on the samples of a
 * radiograph, within a reach that nobody sees, until a finding appears that is not there. It
 * reads the first input of each kind. For measuring the gate only.
 */
public final class ImageAttack implements AutoCloseable {
  private static final float FLAT = 1e-4f;

  private final ModelBundle bundle;
  private final NDManager manager;
  private final Parameters parameters;

  /** An adversary of this model. */
  public ImageAttack(ModelBundle bundle) {
    this.bundle = bundle;
    this.manager = NDManager.newBaseManager();
    this.parameters = Parameters.of(manager, bundle.weights());
  }

  /**
   * The same case with a perturbed first radiograph.
   *
   * @param sequence with a radiograph
   * @param finding whose logit is raised
   * @param reach most that a sample changes, of a range from 0 to 1
   * @param steps of the ascent
   */
  public TokenSequence raise(TokenSequence sequence, int finding, double reach, int steps) {
    ImageSegment original =
        sequence.segments().stream()
            .filter(ImageSegment.class::isInstance)
            .map(ImageSegment.class::cast)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no radiograph."));
    float[] samples = original.values().clone();
    double step = 2.5 * reach / steps;
    for (int i = 0; i < steps; i++) {
      float[] gradient = gradient(replaced(sequence, original, samples), samples, finding);
      for (int p = 0; p < samples.length; p++) {
        double moved = samples[p] + step * Math.signum(gradient[p]);
        double from = original.values()[p];
        samples[p] = (float) Math.clamp(Math.clamp(moved, from - reach, from + reach), 0, 1);
      }
    }
    return replaced(sequence, original, samples);
  }

  private static TokenSequence replaced(
      TokenSequence sequence, ImageSegment original, float[] samples) {
    List<Segment> segments =
        sequence.segments().stream()
            .map(
                each ->
                    each instanceof ImageSegment image
                            && image.evidence().equals(original.evidence())
                        ? new ImageSegment(image.evidence(), image.tokens(), samples.clone())
                        : each)
            .toList();
    return new TokenSequence(segments, List.of());
  }

  /**
   * The gradient of the logit by sample, with the means and deviations of the standardization held
   * constant.
   */
  private float[] gradient(TokenSequence sequence, float[] samples, int finding) {
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      Embedder embedder = new Embedder(parameters, false);
      Map<TokenGroup, NDArray> inputs = new EnumMap<>(TokenGroup.class);
      for (Segment segment : sequence.segments()) {
        TokenGroup group = TokenGroup.of(segment.modality());
        inputs.putIfAbsent(
            group,
            scope.create(
                Embedder.values(segment),
                Embedder.shape(group, segment.tokens().size(), 1)));
      }
      NDArray image = inputs.get(TokenGroup.IMAGE);
      if (image == null) {
        throw new IllegalArgumentException("There is no radiograph.");
      }
      image.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Map<TokenGroup, NDArray> embeddings = new EnumMap<>(TokenGroup.class);
        Map<TokenGroup, boolean[][]> valid = new EnumMap<>(TokenGroup.class);
        inputs.forEach(
            (group, input) -> {
              NDArray placed = embedder.placed(group, input, embedder.stem(group, input));
              boolean[][] all = new boolean[1][(int) placed.getShape().get(1)];
              Arrays.fill(all[0], true);
              embeddings.put(group, placed);
              valid.put(group, all);
            });
        NDArray logits =
            new Transformer(bundle.config(), parameters, false, 0)
                .forward(new TokenBatch(1, embeddings, valid), List.of(), scope)
                .logits();
        collector.backward(logits.get("0, {}", finding));
      }
      return bySample(image.getGradient().toFloatArray(), samples);
    }
  }

  private static float[] bySample(float[] channels, float[] samples) {
    double mean = 0;
    for (float sample : samples) {
      mean += sample / samples.length;
    }
    double variance = 0;
    for (float sample : samples) {
      variance += (sample - mean) * (sample - mean) / samples.length;
    }
    float scale = (float) (1 / Math.max(FLAT, Math.sqrt(variance)));
    float[] gradient = new float[samples.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = scale * (channels[i] + channels[samples.length + i]);
    }
    return gradient;
  }

  @Override
  public void close() {
    manager.close();
  }
}
