package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Relevance} of several findings of one case: one pass forward, and one back for each.
 * Different weights may be asked by different threads at the same time, which the engine's own
 * collector of gradients does not allow.
 */
final class AttentionGradients {
  private final ModelConfig config;
  private final Parameters parameters;

  AttentionGradients(ModelConfig config, Parameters parameters) {
    this.config = config;
    this.parameters = parameters;
  }

  /** Of each finding (tokens), {@code >= 0}. */
  List<float[]> of(EncodedCase encoded, List<Integer> findings, NDManager manager) {
    int tokens = encoded.tokens().size();
    int length = tokens + 1 + config.findings().size();
    boolean before = JniUtils.isGradMode();
    try (NDManager scope = manager.newSubManager()) {
      parameters.lendTo(scope);
      TokenBatch batch = PassBatch.of(List.of(Pass.whole(encoded)), config.width(), scope);
      List<NDArray> gates = new ArrayList<>();
      for (int layer = 0; layer < config.layers(); layer++) {
        boolean last = layer == config.layers() - 1;
        long rows = last ? 1L + config.findings().size() : length;
        NDArray gate = scope.ones(new Shape(1, config.heads(), rows, tokens + 1L));
        gate.setRequiresGradient(true);
        gates.add(gate);
      }
      JniUtils.setGradMode(true);
      NDArray logits =
          new Transformer(config, parameters, false, 0).forward(batch, gates, scope).logits();
      PtNDArray one = (PtNDArray) scope.ones(new Shape());
      List<float[]> maps = new ArrayList<>();
      for (int finding : findings) {
        Relevance relevance = new Relevance(length, tokens + 1, config.heads());
        try (NDManager step = scope.newSubManager()) {
          NDArray logit = logits.get("0, {}", finding);
          logit.attach(step);
          JniUtils.backward((PtNDArray) logit, one, true, false);
          for (NDArray gate : gates) {
            NDArray gradient = gate.getGradient();
            gradient.attach(step);
            relevance.layer(gradient.toFloatArray());
            JniUtils.zeroGrad((PtNDArray) gate);
          }
        }
        maps.add(relevance.of(tokens + 1 + finding, tokens));
      }
      return maps;
    } finally {
      JniUtils.setGradMode(before);
    }
  }
}
