package org.tessera.omni.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tessera.omni.model.Parameters;
import org.tessera.omni.model.Safetensors.Tensor;

/**
 * AdamW (Loshchilov and Hutter 2019) with gradient clipping and a running average of the weights.
 * Weight decay on matrices only.
 */
final class AdamW implements AutoCloseable {
  private static final float BETA_1 = 0.9f;
  private static final float BETA_2 = 0.98f;
  private static final float EPSILON = 1e-8f;
  private static final double DECAY = 0.05;
  private static final double CLIP = 1;
  private static final double AVERAGE = 0.99;

  private static final Logger LOG = LoggerFactory.getLogger(AdamW.class);

  private final Parameters parameters;
  private final NDManager manager = NDManager.newBaseManager();
  private final Map<String, NDArray> first = new LinkedHashMap<>();
  private final Map<String, NDArray> second = new LinkedHashMap<>();
  private final Map<String, NDArray> average = new LinkedHashMap<>();
  private long steps;

  /** Starts with the parameters as they are. */
  AdamW(Parameters parameters) {
    this.parameters = parameters;
    parameters
        .all()
        .forEach(
            (name, array) -> {
              average.put(name, manager.create(array.toFloatArray(), array.getShape()));
              if (!parameters.isBuffer(name)) {
                first.put(name, manager.zeros(array.getShape()));
                second.put(name, manager.zeros(array.getShape()));
              }
            });
  }

  /** Moves every parameter by its gradient; a batch whose gradient is not finite is passed over. */
  void step(double rate) {
    double scale = clipping();
    if (!Double.isFinite(scale)) {
      LOG.warn("A step was passed over: its gradient is not finite.");
      return;
    }
    steps++;
    double correction1 = 1 - Math.pow(BETA_1, steps);
    double correction2 = 1 - Math.pow(BETA_2, steps);
    double keep = Math.min(AVERAGE, (1 + steps) / (10.0 + steps));
    parameters
        .all()
        .forEach(
            (name, array) -> {
              // Whether the engine records operations by default depends on the thread: a weight
              // that moves must not be recorded.
              boolean taught = !parameters.isBuffer(name);
              try (NDManager scope = manager.newSubManager()) {
                array.tempAttach(scope);
                if (taught) {
                  NDArray gradient = array.getGradient();
                  gradient.attach(scope);
                  array.setRequiresGradient(false);
                  move(name, array, gradient, scope, rate, scale, correction1, correction2);
                }
                NDArray mean = of(average, name);
                mean.tempAttach(scope);
                mean.muli((float) keep).addi(array.mul((float) (1 - keep)));
              }
              if (taught) {
                array.setRequiresGradient(true);
              }
            });
  }

  private void move(
      String name,
      NDArray array,
      NDArray gradient,
      NDManager scope,
      double rate,
      double scale,
      double correction1,
      double correction2) {
    NDArray m = of(first, name);
    NDArray v = of(second, name);
    m.tempAttach(scope);
    v.tempAttach(scope);
    gradient.muli((float) scale);
    m.muli(BETA_1).addi(gradient.mul(1 - BETA_1));
    v.muli(BETA_2).addi(gradient.square().mul(1 - BETA_2));
    NDArray change =
        m.div(v.div((float) correction2).sqrt().add(EPSILON))
            .mul((float) (rate / correction1));
    if (array.getShape().dimension() >= 2 && !name.startsWith("position")) {
      array.muli((float) (1 - rate * DECAY));
    }
    array.subi(change);
  }

  private double clipping() {
    double sum = 0;
    for (Map.Entry<String, NDArray> each : parameters.all().entrySet()) {
      if (!parameters.isBuffer(each.getKey())) {
        try (NDManager scope = manager.newSubManager()) {
          NDArray gradient = each.getValue().getGradient();
          gradient.attach(scope);
          sum += gradient.square().sum().getFloat();
        }
      }
    }
    double norm = Math.sqrt(sum);
    return Double.isFinite(norm) ? CLIP / Math.max(norm, CLIP) : norm;
  }

  /** The averaged weights. */
  Map<String, Tensor> averaged() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    average.forEach(
        (name, array) ->
            tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
    return tensors;
  }

  /** Everything that a resumed run needs, by name. */
  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("steps", new Tensor(new long[] {1}, new float[] {steps}));
    put(state, "first.", first);
    put(state, "second.", second);
    put(state, "average.", average);
    return state;
  }

  /** Takes a state over. */
  void restore(Map<String, Tensor> state) {
    steps = (long) tensor(state, "steps").values()[0];
    restore(state, "first.", first);
    restore(state, "second.", second);
    restore(state, "average.", average);
  }

  private static void put(Map<String, Tensor> state, String prefix, Map<String, NDArray> arrays) {
    arrays.forEach(
        (name, array) ->
            state.put(
                prefix + name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
  }

  private static void restore(
      Map<String, Tensor> state, String prefix, Map<String, NDArray> arrays) {
    arrays.forEach((name, array) -> array.set(tensor(state, prefix + name).values()));
  }

  private static Tensor tensor(Map<String, Tensor> state, String name) {
    Tensor tensor = state.get(name);
    if (tensor == null) {
      throw new IllegalStateException("The checkpoint has no " + name);
    }
    return tensor;
  }

  private static NDArray of(Map<String, NDArray> arrays, String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalStateException("No state for " + name);
    }
    return array;
  }

  @Override
  public void close() {
    manager.close();
  }
}
