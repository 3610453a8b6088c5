package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;

/**
 * A shared expert and the top routed experts of each token (Shazeer et al. 2017; shared expert as
 * in DeepSeekMoE, Dai et al. 2024): tokens are sorted by expert, multiplied expert by expert and
 * put back; nothing is padded to dense. Load-balancing loss as in Switch (Fedus et al. 2021),
 * router z-loss as in ST-MoE (Zoph et al. 2022).
 */
final class SparseExperts {
  private final ModelConfig config;
  private final Parameters parameters;
  private final String prefix;

  SparseExperts(ModelConfig config, Parameters parameters, int layer) {
    this.config = config;
    this.parameters = parameters;
    this.prefix = "layer" + layer + ".";
  }

  /**
   * The outcome.
   *
   * @param tokens (tokens, width)
   * @param balance load-balancing loss; 1 is perfect
   * @param zLoss mean square of the logarithm of the router's normalizer
   * @param load share of the assignments of each expert
   * @param chosen (tokens, active): the experts of each token
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Routed(NDArray tokens, NDArray balance, NDArray zLoss, double[] load, long[] chosen) {
    Routed with(NDArray placed) {
      return new Routed(placed, balance, zLoss, load, chosen);
    }
  }

  /** Applies the experts, or the network that stands for them, to (tokens, width). */
  Routed apply(NDArray tokens) {
    NDManager scope = tokens.getManager();
    if (!config.architecture().sparse()) {
      NDArray none = scope.create(0f);
      NDArray result = expert(prefix + "dense", tokens);
      return new Routed(result, none, none, new double[0], new long[0]);
    }
    int count = (int) tokens.getShape().get(0);
    int active = config.active();
    NDArray logits = tokens.matMul(parameters.get(prefix + "router"));
    NDArray probabilities = logits.softmax(1);
    NDList top = probabilities.topK(active, 1, true, true);
    long[] chosen = top.get(1).toType(DataType.INT64, false).toLongArray();
    Assignment assignment = Assignment.of(chosen, count, active, config.experts());

    NDArray weights = top.get(0);
    weights = weights.div(weights.sum(new int[] {1}, true));
    NDArray sorted = rows(tokens, scope.create(assignment.tokenOfSlot()));
    NDList parts = new NDList();
    NDList shares = sorted.split(assignment.ends(), 0);
    for (int expert = 0; expert < config.experts(); expert++) {
      if (assignment.counts()[expert] > 0) {
        parts.add(expert(prefix + "expert" + expert, shares.get(expert)));
      }
    }
    NDArray mixed = rows(NDArrays.concat(parts, 0), scope.create(assignment.slotOfChoice()));
    mixed =
        mixed
            .reshape(count, active, config.width())
            .mul(weights.reshape(count, active, 1))
            .sum(new int[] {1});
    NDArray result = expert(prefix + "shared", tokens).add(mixed);

    double[] load = assignment.load();
    float[] scaled = new float[load.length];
    for (int i = 0; i < load.length; i++) {
      scaled[i] = (float) (load[i] * config.experts());
    }
    NDArray balance = probabilities.mean(new int[] {0}).mul(scope.create(scaled)).sum();
    NDArray normalizer = logits.exp().sum(new int[] {1}).log();
    return new Routed(result, balance, normalizer.square().mean(), load, chosen);
  }

  private NDArray expert(String name, NDArray tokens) {
    NDArray hidden = tokens.matMul(parameters.get(name + ".in"));
    hidden = Activation.gelu(hidden.add(parameters.get(name + ".in-bias")));
    return hidden.matMul(parameters.get(name + ".out"));
  }

  /** Rows of a matrix by index, with an exact gradient. */
  static NDArray rows(NDArray matrix, NDArray indices) {
    return matrix
        .getNDArrayInternal()
        .embedding(indices, matrix, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /**
   * Which token goes where.
   *
   * @param tokenOfSlot token of each sorted slot
   * @param slotOfChoice sorted slot of each (token, choice)
   * @param counts slots of each expert
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Assignment(long[] tokenOfSlot, long[] slotOfChoice, int[] counts) {
    static Assignment of(long[] chosen, int tokens, int active, int experts) {
      int[] counts = new int[experts];
      for (long expert : chosen) {
        counts[(int) expert]++;
      }
      int[] next = new int[experts];
      for (int expert = 1; expert < experts; expert++) {
        next[expert] = next[expert - 1] + counts[expert - 1];
      }
      long[] tokenOfSlot = new long[chosen.length];
      long[] slotOfChoice = new long[chosen.length];
      for (int choice = 0; choice < tokens * active; choice++) {
        int slot = next[(int) chosen[choice]]++;
        tokenOfSlot[slot] = choice / active;
        slotOfChoice[choice] = slot;
      }
      return new Assignment(tokenOfSlot, slotOfChoice, counts);
    }

    /** Where the slots of each expert end, but of the last one. */
    long[] ends() {
      long[] ends = new long[counts.length - 1];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = counts[i] + (i == 0 ? 0 : ends[i - 1]);
      }
      return ends;
    }

    double[] load() {
      double[] load = new double[counts.length];
      for (int i = 0; i < load.length; i++) {
        load[i] = (double) counts[i] / Math.max(1, tokenOfSlot.length);
      }
      return load;
    }
  }
}
