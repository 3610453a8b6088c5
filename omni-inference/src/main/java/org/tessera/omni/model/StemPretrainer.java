package org.tessera.omni.model;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.Segment;

/**
 * A stem that learns without labels to say what a hidden part of its input holds, see {@link
 * MaskedSegment}. What it says is read from each token by one matrix, which nothing needs
 * afterwards.
 */
public final class StemPretrainer implements AutoCloseable {
  private static final String DECODER = "masked.";

  private final TokenGroup group;
  private final NDManager manager;
  private final Parameters parameters;

  /**
   * A stem to train.
   *
   * @param weights of the whole model; only the stem's are taken
   * @param modality image, slide or audio
   * @param seed of the matrix that reads the tokens, if the weights do not have it
   */
  public StemPretrainer(
      ModelConfig config, Map<String, Tensor> weights, Modality modality, long seed) {
    this.group = TokenGroup.of(modality);
    this.manager = NDManager.newBaseManager();
    Map<String, Tensor> own = new LinkedHashMap<>();
    String stem = "stem." + group.key() + ".";
    Initialization.decoder(DECODER + group.key(), config, seed)
        .forEach((name, tensor) -> own.put(name, weights.getOrDefault(name, tensor)));
    weights.forEach(
        (name, tensor) -> {
          if (name.startsWith(stem)) {
            own.put(name, tensor);
          }
        });
    this.parameters = Parameters.of(manager, own);
    parameters
        .all()
        .forEach((name, array) -> array.setRequiresGradient(!parameters.isBuffer(name)));
  }

  /** True of what only this training needs. */
  public static boolean isDecoder(String name) {
    return name.startsWith(DECODER);
  }

  /** The live parameters; their gradients are set by a step. */
  public Parameters parameters() {
    return parameters;
  }

  /**
   * Computes the loss of a batch and its gradients.
   *
   * @param segments at least one, of the modality
   * @param seed of what is hidden
   * @return mean squared error over what is hidden; 1 where nothing is known but its deviation
   */
  public double step(List<? extends Segment> segments, long seed) {
    Random random = new Random(seed);
    List<MaskedSegment> masked =
        segments.stream().map(each -> MaskedSegment.of(each, random)).toList();
    try (NDManager scope = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      parameters.lendTo(scope);
      parameters.clearGradients(scope);
      NDArray tokens =
          new Embedder(parameters, true)
              .stem(
                  group,
                  Embedder.input(
                      group, masked.stream().map(MaskedSegment::shown).toList(), scope));
      NDArray said =
          tokens
              .matMul(parameters.get(DECODER + group.key() + ".weight"))
              .add(parameters.get(DECODER + group.key() + ".bias"));
      NDArray loss = loss(said, masked, scope);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** Over hidden tokens only; what a shorter recording does not have is not asked. */
  private static NDArray loss(NDArray said, List<MaskedSegment> masked, NDManager scope) {
    int longest = (int) said.getShape().get(1);
    int width = MaskedSegment.CONTENT;
    float[] content = new float[masked.size() * longest * width];
    float[] asked = new float[masked.size() * longest];
    int count = 0;
    for (int i = 0; i < masked.size(); i++) {
      float[] own = masked.get(i).content();
      System.arraycopy(own, 0, content, i * longest * width, own.length);
      boolean[] hidden = masked.get(i).hidden();
      for (int token = 0; token < hidden.length; token++) {
        if (hidden[token]) {
          asked[i * longest + token] = 1;
          count++;
        }
      }
    }
    Shape shape = new Shape(masked.size(), longest, 1);
    return said.sub(scope.create(content, said.getShape()))
        .square()
        .mul(scope.create(asked, shape))
        .sum()
        .mul(scope.create(1f / Math.max(1, count * width)));
  }

  @Override
  public void close() {
    manager.close();
  }
}
