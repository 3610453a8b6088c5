package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * Sums of everything that a model keeps in memory and that must not change: the weights of both
 * paths where the engine keeps them, and what Java keeps of them. See {@link MemorySum}.
 */
final class WeightsGuard {
  private static final String CHANGED =
      "The model's weights in memory are no longer those that were loaded; start the program"
          + " again, and have the machine's memory tested if this happens twice.";

  /** How the names of arrays begin that answers are computed with. */
  static final String FIRST_PATH = "first path: ";

  private final List<Guarded> guarded = new ArrayList<>();
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  private record Guarded(LongSupplier now, long sum) {}

  /** Guards arrays of the engine that have to hold the numbers of these tensors. */
  void add(Parameters parameters, Map<String, Tensor> tensors) {
    parameters
        .all()
        .forEach(
            (name, array) -> {
              Tensor tensor = tensors.get(name);
              long sum = tensor == null ? 0 : MemorySum.of(tensor.values());
              guarded.add(new Guarded(() -> MemorySum.of(array), sum));
              arrays.put("second path: " + name, array);
            });
  }

  /** Guards an array of the engine as it is now. */
  void add(String name, NDArray array) {
    arrays.put(FIRST_PATH + name, array);
    guarded.add(new Guarded(() -> MemorySum.of(array), MemorySum.of(array)));
  }

  /** Guards numbers of Java as they are now. */
  void add(float[] values) {
    guarded.add(new Guarded(() -> MemorySum.of(values), MemorySum.of(values)));
  }

  /** The arrays of the engine, by path and name. */
  Map<String, NDArray> arrays() {
    return arrays;
  }

  /**
   * Sums again.
   *
   * @throws ComputationFaultException if a number changed
   */
  void verify() {
    verify(guarded);
  }

  /** The same in so many parts, of which each can run beside the others. */
  List<Runnable> parts(int count) {
    return IntStream.range(0, count)
        .<Runnable>mapToObj(
            part ->
                () ->
                    verify(
                        IntStream.range(0, guarded.size())
                            .filter(i -> i % count == part)
                            .mapToObj(guarded::get)
                            .toList()))
        .toList();
  }

  private static void verify(List<Guarded> some) {
    for (Guarded each : some) {
      if (each.now().getAsLong() != each.sum()) {
        throw new ComputationFaultException(CHANGED);
      }
    }
  }
}
