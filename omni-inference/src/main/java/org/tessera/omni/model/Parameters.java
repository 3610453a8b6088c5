package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * The named arrays of a model: weights, and buffers (running statistics) that no gradient moves.
 * Owned by one manager; not safe for several threads.
 */
public final class Parameters implements AutoCloseable {
  static {
    EngineLog.asAsked();
  }

  private final NDManager manager;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final Set<String> buffers = new LinkedHashSet<>();

  private Parameters(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Arrays made from tensors.
   *
   * @param tensors by name; names that end in {@code .running-mean} or {@code .running-var} are
   *     buffers
   */
  public static Parameters of(NDManager parent, Map<String, Tensor> tensors) {
    Parameters parameters = new Parameters(parent.newSubManager());
    tensors.forEach(
        (name, tensor) -> {
          parameters.arrays.put(
              name, parameters.manager.create(tensor.values(), new Shape(tensor.shape())));
          if (name.endsWith(".running-mean") || name.endsWith(".running-var")) {
            parameters.buffers.add(name);
          }
        });
    return parameters;
  }

  /** The array of a name. */
  public NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("The model has no parameter " + name);
    }
    return array;
  }

  /** All arrays by name, in order. */
  public Map<String, NDArray> all() {
    return arrays;
  }

  /** True if no gradient moves it. */
  public boolean isBuffer(String name) {
    return buffers.contains(name);
  }

  /** Lets every result computed with these arrays belong to {@code scope} until it closes. */
  public void lendTo(NDManager scope) {
    arrays.values().forEach(array -> array.tempAttach(scope));
  }

  /** Sets every gradient to zero. */
  void clearGradients(NDManager scope) {
    arrays.forEach(
        (name, array) -> {
          if (!isBuffer(name)) {
            NDArray gradient = array.getGradient();
            gradient.attach(scope);
            gradient.set(new NDIndex("..."), 0f);
          }
        });
  }

  /** Number of weights (buffers not counted). */
  public long count() {
    return arrays.entrySet().stream()
        .filter(each -> !isBuffer(each.getKey()))
        .mapToLong(each -> each.getValue().size())
        .sum();
  }

  /** A copy of all numbers. */
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) ->
            tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
    return tensors;
  }

  @Override
  public void close() {
    manager.close();
  }
}
