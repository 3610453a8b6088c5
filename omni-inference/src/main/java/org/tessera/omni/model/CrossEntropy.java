package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;

/** Weighted binary cross-entropy from logits. */
final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * The weighted sum, divided.
   *
   * @param logits of any shape
   * @param targets from 0 to 1, one per logit
   * @param weights one per logit; 0 leaves it out
   * @param divisor {@code > 0}
   * @return a number
   */
  static NDArray of(
      NDArray logits, float[] targets, float[] weights, double divisor, NDManager scope) {
    return Activation.softPlus(logits)
        .sub(logits.mul(scope.create(targets, logits.getShape())))
        .mul(scope.create(weights, logits.getShape()))
        .sum()
        .div(scope.create((float) divisor));
  }
}
