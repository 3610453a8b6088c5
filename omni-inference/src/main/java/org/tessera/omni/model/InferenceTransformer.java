package org.tessera.omni.model;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * The transformer where nobody asks for a gradient: the numbers of {@link Transformer} to 1e-5, in
 * one call. Norm gains and the scale of the attention are multiplied into the weights beforehand;
 * query, key and value are one product per token group; the last layer computes only what the
 * finding queries read.
 */
final class InferenceTransformer implements AutoCloseable {
  /** Tokens and queries that are not worth a second call. */
  private static final int FEW = 640;

  /** Tokens and queries of one call, unless a single case has more: weights are read once. */
  private static final int MANY = 2400;

  /** Arrays of a layer. */
  private static final int PER_LAYER = 7;

  private final ModelConfig config;
  private final NDManager manager;
  private final Model program;
  private final Lanes lanes = new Lanes();
  private final ThreadLocal<ByteBuffer> values =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(0));
  private final float[] queries;
  private final List<NDArray> weights = new ArrayList<>();

  /** Prepares the weights. */
  InferenceTransformer(ModelConfig config, Map<String, Tensor> tensors, NDManager parent) {
    this.config = config;
    this.manager = parent.newSubManager();
    this.program = TorchScript.transformer();
    try (NDManager scope = manager.newSubManager()) {
      Parameters from = Parameters.of(scope, tensors);
      queries = from.get("query").toFloatArray();
      for (int layer = 0; layer < config.layers(); layer++) {
        attention(layer, from);
        experts("layer" + layer + ".", from);
      }
      for (String name : List.of("readout.norm", "readout.weight", "readout.bias")) {
        weights.add(kept(from.get(name)));
      }
    }
  }

  /** Of each kind: (width, 3 x width), (width, width) and (width). */
  private void attention(int layer, Parameters from) {
    NDList projections = new NDList();
    NDList outputs = new NDList();
    NDList gains = new NDList();
    int first = config.architecture().grouped() ? 0 : PackedPasses.CASE;
    int last = config.architecture().grouped() ? PackedPasses.FINDING : PackedPasses.CASE;
    for (int kind = first; kind <= last; kind++) {
      TokenGroup group = TokenGroup.values()[Math.min(kind, PackedPasses.CASE)];
      String name = config.attention(layer, group);
      projections.add(projection(layer, kind, name, from));
      outputs.add(from.get(name + "output"));
      gains.add(from.get(name + "experts-norm"));
    }
    weights.add(kept(NDArrays.stack(projections)));
    weights.add(kept(NDArrays.stack(outputs)));
    weights.add(kept(NDArrays.stack(gains)));
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
    return joined.mul(from.get(name + "attention-norm").reshape(width, 1));
  }

  /** Router (width, experts; none if dense), then of each network both products and the bias. */
  private void experts(String prefix, Parameters from) {
    List<String> networks = new ArrayList<>();
    if (config.architecture().sparse()) {
      weights.add(kept(from.get(prefix + "router")));
      networks.add(prefix + "shared");
      for (int expert = 0; expert < config.experts(); expert++) {
        networks.add(prefix + "expert" + expert);
      }
    } else {
      weights.add(kept(from.get(prefix + "dense.in").get(":, 0:0")));
      networks.add(prefix + "dense");
    }
    for (String part : List.of(".in", ".in-bias", ".out")) {
      NDList stacked = new NDList();
      networks.forEach(name -> stacked.add(from.get(name + part)));
      weights.add(kept(NDArrays.stack(stacked)));
    }
  }

  /** A copy that stays, named so that DJL hands it over as one of a list. */
  private NDArray kept(NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(manager);
    copy.setName("weights[]");
    return copy;
  }

  /** Puts everything that was prepared under guard. */
  void guardedBy(WeightsGuard guard) {
    guard.add(queries);
    for (int i = 0; i < weights.size(); i++) {
      guard.add("layer" + i / PER_LAYER + "." + i % PER_LAYER, weights.get(i));
    }
  }

  /** Where other calls of the engine may run side by side as well. */
  Lanes lanes() {
    return lanes;
  }

  /**
   * Runs all layers.
   *
   * @return (passes, findings), before calibration, row by row
   */
  float[] forward(List<Pass> passes) {
    List<Supplier<float[]>> calls = new ArrayList<>();
    for (List<Pass> some : shared(passes)) {
      calls.add(() -> call(some));
    }
    float[] logits = new float[passes.size() * config.findings().size()];
    int at = 0;
    for (float[] part : lanes.run(calls)) {
      System.arraycopy(part, 0, logits, at, part.length);
      at += part.length;
    }
    return logits;
  }

  /** Passes that follow each other, in about as many rows for every call, and all lanes busy. */
  private List<List<Pass>> shared(List<Pass> passes) {
    long[] until = new long[passes.size() + 1];
    for (int i = 0; i < passes.size(); i++) {
      until[i + 1] = until[i] + rows(passes.get(i));
    }
    long all = until[passes.size()];
    long rounds = Math.ceilDiv(all, (long) MANY * lanes.count());
    long calls = all <= FEW ? 1 : rounds * lanes.count();
    List<List<Pass>> shared = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= passes.size(); i++) {
      if (i == passes.size() || part(until, i, calls) > part(until, from, calls)) {
        shared.add(passes.subList(from, i));
        from = i;
      }
    }
    return shared;
  }

  /** The call in which the middle of a pass falls. */
  private static long part(long[] until, int pass, long calls) {
    return (until[pass] + until[pass + 1]) * calls / (2 * until[until.length - 1]);
  }

  private int rows(Pass pass) {
    return pass.encoded().tokens().size()
        - pass.removed().cardinality()
        + queries.length / config.width();
  }

  private float[] call(List<Pass> passes) {
    PackedPasses packed = PackedPasses.of(passes, queries, config.width(), this::memory);
    try (NDManager scope = manager.newSubManager()) {
      NDList inputs = new NDList();
      inputs.add(
          scope.create(
              packed.values(),
              new Shape(packed.order().length, config.width()),
              DataType.FLOAT32));
      inputs.add(sections(packed, scope));
      inputs.add(scope.create(packed.order()));
      inputs.add(scope.create(packed.lengths()));
      inputs.add(
          scope.create(
              new long[] {
                config.heads(),
                config.active(),
                config.findings().size(),
                config.layers(),
                config.architecture().grouped() ? PackedPasses.FINDING : 0
              }));
      inputs.addAll(weights);
      return program
          .getBlock()
          .forward(new ParameterStore(manager, false), inputs, false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  /** Of this thread, used by one call after the other: the program copies it first. */
  private ByteBuffer memory(int bytes) {
    if (values.get().capacity() < bytes) {
      values.set(ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()));
    }
    return values.get().slice(0, bytes).order(ByteOrder.nativeOrder());
  }

  /** Kinds that have weights of their own here and at least one row; then the rows of each. */
  private NDArray sections(PackedPasses packed, NDManager scope) {
    long[] counts = packed.counts();
    long[] kinds =
        config.architecture().grouped()
            ? LongStream.range(0, counts.length).filter(kind -> counts[(int) kind] > 0).toArray()
            : new long[] {0};
    long[] rows =
        config.architecture().grouped()
            ? LongStream.of(kinds).map(kind -> counts[(int) kind]).toArray()
            : new long[] {packed.order().length};
    return scope.create(
        LongStream.concat(LongStream.of(kinds), LongStream.of(rows)).toArray(),
        new Shape(2, kinds.length));
  }

  @Override
  public void close() {
    lanes.close();
    program.close();
    manager.close();
  }
}
