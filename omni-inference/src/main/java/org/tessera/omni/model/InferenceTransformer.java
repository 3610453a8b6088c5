package org.tessera.omni.model;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * The transformer where nobody asks for a gradient: the numbers of {@link Transformer} to 1e-5, in
 * one call. Norm gains and the scale of the attention are multiplied into the weights beforehand;
 * query, key and value are one product per token group; the last layer computes only what the
 * finding queries read.
 */
final class InferenceTransformer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceTransformer.class);

  private final ModelConfig config;
  private final NDManager manager;
  private final Model program;
  private final float[] queries;
  private final List<Layer> layers = new ArrayList<>();
  private final List<NDArray> readout;

  /**
   * Arrays of a layer.
   *
   * @param projections of each kind: (3 x width, width) for query, key and value
   * @param outputs of each kind: (width, width)
   * @param rest gains (kinds, width), router (experts, width; no rows where there are none), and
   *     three arrays for each network
   */
  private record Layer(List<NDArray> projections, List<NDArray> outputs, List<NDArray> rest) {}

  /** Prepares the weights. */
  InferenceTransformer(ModelConfig config, Map<String, Tensor> weights, NDManager parent) {
    this(config, weights, parent, true);
  }

  /** Prepares the weights; {@code fused} as in {@link TorchScript#transformer}. */
  InferenceTransformer(
      ModelConfig config, Map<String, Tensor> weights, NDManager parent, boolean fused) {
    this.config = config;
    this.manager = parent.newSubManager();
    this.program = program(fused && !manager.getDevice().isGpu());
    try (NDManager scope = manager.newSubManager()) {
      Parameters from = Parameters.of(scope, weights);
      queries = from.get("query").toFloatArray();
      for (int layer = 0; layer < config.layers(); layer++) {
        layers.add(layer(layer, from));
      }
      readout =
          List.of(
              kept(from.get("readout.norm")),
              kept(from.get("readout.weight")),
              kept(from.get("readout.bias")));
    }
  }

  private static Model program(boolean fused) {
    if (fused) {
      try {
        return TorchScript.transformer(true);
      } catch (RuntimeException e) {
        LOG.info("This engine has no fused linear layers.");
      }
    }
    return TorchScript.transformer(false);
  }

  private Layer layer(int layer, Parameters from) {
    List<NDArray> projections = new ArrayList<>();
    List<NDArray> outputs = new ArrayList<>();
    NDList gains = new NDList();
    for (int kind = 0; kind <= PackedPasses.FINDING; kind++) {
      TokenGroup group = TokenGroup.values()[Math.min(kind, PackedPasses.CASE)];
      String name = config.attention(layer, group);
      projections.add(projection(layer, kind, name, from));
      outputs.add(kept(from.get(name + "output").transpose()));
      gains.add(from.get(name + "experts-norm").reshape(1, config.width()));
    }
    List<NDArray> rest = new ArrayList<>();
    rest.add(kept(NDArrays.concat(gains, 0)));
    String prefix = "layer" + layer + ".";
    if (config.architecture().sparse()) {
      rest.add(kept(from.get(prefix + "router").transpose()));
      network(prefix + "shared", from, rest);
      for (int expert = 0; expert < config.experts(); expert++) {
        network(prefix + "expert" + expert, from, rest);
      }
    } else {
      rest.add(kept(from.get(prefix + "dense.in").get(":, 0:0").transpose()));
      network(prefix + "dense", from, rest);
    }
    return new Layer(projections, outputs, rest);
  }

  private NDArray projection(int layer, int kind, String name, Parameters from) {
    int width = config.width();
    NDArray query = from.get(name + "query");
    NDManager scope = query.getManager();
    float scale = (float) (1 / Math.sqrt((double) width / config.heads()));
    NDArray keyValue =
        kind < PackedPasses.CASE
            ? from.get(name + "key-value")
            : kind == PackedPasses.CASE
                ? from.get(config.caseKeyValue(layer))
                : scope.zeros(new Shape(width, 2L * width));
    NDArray joined = NDArrays.concat(new NDList(query.mul(scope.create(scale)), keyValue), 1);
    NDArray gain = from.get(name + "attention-norm").reshape(width, 1);
    return kept(joined.mul(gain).transpose());
  }

  private void network(String name, Parameters from, List<NDArray> into) {
    into.add(kept(from.get(name + ".in").transpose()));
    into.add(kept(from.get(name + ".in-bias")));
    into.add(kept(from.get(name + ".out").transpose()));
  }

  /** A contiguous copy that stays, named so that DJL hands it over as one of a list. */
  private NDArray kept(NDArray array) {
    NDArray copy = manager.create(array.toFloatArray(), array.getShape());
    copy.setName("weights[]");
    return copy;
  }

  /** Puts everything that was prepared under guard. */
  void guardedBy(WeightsGuard guard) {
    guard.add(queries);
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      guard(guard, "layer" + i + ".projection", layer.projections());
      guard(guard, "layer" + i + ".output", layer.outputs());
      guard(guard, "layer" + i + ".rest", layer.rest());
    }
    guard(guard, "readout", readout);
  }

  private static void guard(WeightsGuard guard, String name, List<NDArray> arrays) {
    for (int i = 0; i < arrays.size(); i++) {
      guard.add(name + "." + i, arrays.get(i));
    }
  }

  /**
   * Runs all layers.
   *
   * @return (passes, findings), before calibration, row by row
   */
  float[] forward(List<Pass> passes) {
    PackedPasses packed = PackedPasses.of(passes, queries, config.width());
    try (NDManager scope = manager.newSubManager()) {
      List<Integer> sections = sections(packed.counts());
      long[] counts =
          config.architecture().grouped()
              ? sections.stream().mapToLong(kind -> packed.counts()[kind]).toArray()
              : new long[] {packed.kinds().length};
      NDList inputs = new NDList();
      inputs.add(
          scope.create(packed.values(), new Shape(packed.kinds().length, config.width())));
      inputs.add(scope.create(counts));
      inputs.add(scope.create(packed.kinds()));
      inputs.add(scope.create(packed.order()));
      inputs.add(scope.create(packed.lengths()));
      inputs.add(
          scope.create(
              new long[] {
                config.heads(), config.active(), config.findings().size(), config.layers()
              }));
      for (Layer layer : layers) {
        sections.forEach(kind -> inputs.add(layer.projections().get(kind)));
        sections.forEach(kind -> inputs.add(layer.outputs().get(kind)));
        inputs.addAll(layer.rest());
      }
      inputs.addAll(readout);
      return program
          .getBlock()
          .forward(new ParameterStore(manager, false), inputs, false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** Kinds that have weights of their own here and at least one row. */
  private List<Integer> sections(long[] counts) {
    if (!config.architecture().grouped()) {
      return List.of(PackedPasses.CASE);
    }
    List<Integer> sections = new ArrayList<>();
    for (int kind = 0; kind < counts.length; kind++) {
      if (counts[kind] > 0) {
        sections.add(kind);
      }
    }
    return sections;
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
