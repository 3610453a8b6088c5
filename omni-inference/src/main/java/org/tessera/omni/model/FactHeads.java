package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Heads for training only: the tokens of a radiograph have to keep what no finding asks for and the
 * search for similar cases needs. Only phantoms show it ({@link Shown}).
 */
final class FactHeads {
  private static final String WEIGHT = "aux.facts.weight";
  private static final String BIAS = "aux.facts.bias";

  /**
   * A fact of a radiograph.
   *
   * @param name as in {@link Shown}
   * @param yes the value that counts as 1
   */
  private record Fact(String name, String yes) {}

  private static final List<Fact> FACTS =
      List.of(new Fact("sex", "female"), new Fact("pacemaker", "true"));

  private FactHeads() {}

  static void initialize(Initialization start, ModelConfig config) {
    start.normal(WEIGHT, 0.02, config.width(), FACTS.size());
    start.constant(BIAS, 0, FACTS.size());
  }

  static boolean isIn(Parameters parameters) {
    return parameters.all().containsKey(WEIGHT);
  }

  /**
   * Mean cross-entropy over the facts that are known.
   *
   * @param tokens (rows, tokens, width) of radiographs
   * @param shown of each row
   */
  static NDArray loss(
      NDArray tokens, List<Shown> shown, Parameters parameters, NDManager scope) {
    NDArray logits =
        TrainableModel.pooled(
            tokens.matMul(parameters.get(WEIGHT)).add(parameters.get(BIAS)));
    float[] targets = new float[shown.size() * FACTS.size()];
    float[] weights = new float[targets.length];
    float known = 0;
    for (int row = 0; row < shown.size(); row++) {
      for (int f = 0; f < FACTS.size(); f++) {
        String value = shown.get(row).facts().get(FACTS.get(f).name());
        if (value != null) {
          targets[row * FACTS.size() + f] = value.equals(FACTS.get(f).yes()) ? 1 : 0;
          weights[row * FACTS.size() + f] = 1;
          known++;
        }
      }
    }
    return CrossEntropy.of(logits, targets, weights, Math.max(1, known), scope);
  }
}
