package org.tessera.omni.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;

/** The head of the shared latent space with gradients, on tokens that the stems made before. */
public final class LatentTrainer implements AutoCloseable {
  private static final String PREFIX = "latent.";

  private final NDManager manager;
  private final Parameters parameters;

  /**
   * A head to train.
   *
   * @param weights of the whole model; only the head's are taken
   */
  public LatentTrainer(Map<String, Tensor> weights) {
    this.manager = NDManager.newBaseManager();
    Map<String, Tensor> own = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) -> {
          if (name.startsWith(PREFIX)) {
            own.put(name, tensor);
          }
        });
    this.parameters = Parameters.of(manager, own);
    parameters.all().values().forEach(array -> array.setRequiresGradient(true));
  }

  /**
   * One modality of one case.
   *
   * @param modality what the tokens are of
   * @param count of tokens, at least 1
   * @param tokens (count, numbers per token), as {@link EmbeddedModel#latentInput} gives them
   * @param shown what it shows
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Part(Modality modality, int count, float[] tokens, Shown shown) {}

  /** The live parameters; their gradients are set by a step. */
  public Parameters parameters() {
    return parameters;
  }

  /** Computes the contrastive loss of a batch, and its gradients. */
  public double step(List<Part> batch) {
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      parameters.lendTo(scope);
      parameters.clearGradients(scope);
      Map<TokenGroup, NDArray> vectors = new EnumMap<>(TokenGroup.class);
      Map<TokenGroup, List<Shown>> shown = new EnumMap<>(TokenGroup.class);
      Map<TokenGroup, List<Part>> groups = new EnumMap<>(TokenGroup.class);
      for (Part part : batch) {
        groups
            .computeIfAbsent(TokenGroup.of(part.modality()), group -> new ArrayList<>())
            .add(part);
      }
      groups.forEach(
          (group, parts) -> {
            vectors.put(group, vectors(group, parts, scope));
            shown.put(group, parts.stream().map(Part::shown).toList());
          });
      NDArray loss =
          ContrastiveLoss.of(vectors, shown, parameters.get(LatentHead.SCALE), scope);
      double value = loss.getFloat();
      if (value != 0) {
        collector.backward(loss);
      }
      return value;
    }
  }

  private NDArray vectors(TokenGroup group, List<Part> parts, NDManager scope) {
    int[] lengths = parts.stream().mapToInt(Part::count).toArray();
    int width = parts.getFirst().tokens().length / lengths[0];
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    float[] padded = new float[parts.size() * longest * width];
    for (int i = 0; i < parts.size(); i++) {
      float[] own = parts.get(i).tokens();
      System.arraycopy(own, 0, padded, i * longest * width, own.length);
    }
    NDArray tokens = scope.create(padded, new Shape(parts.size(), longest, width));
    return new LatentHead(parameters).vectors(group, tokens, lengths, scope);
  }

  @Override
  public void close() {
    manager.close();
  }
}
