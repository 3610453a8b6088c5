package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * Turns over single bits of a model's numbers in memory, as a faulty memory cell or a particle
 * does: for tests, and for the benchmark that measures how many are noticed. Bits are those of IEEE
 * 754 binary32: 31 is the sign, 30 to 23 the exponent, the others the mantissa.
 */
public final class BitFlips {
  private final EmbeddedModel model;

  public BitFlips(EmbeddedModel model) {
    this.model = model;
  }

  /**
   * An array of weights.
   *
   * @param name path and name
   * @param size how many numbers
   */
  public record Target(String name, long size) {}

  /** All arrays of weights that have numbers. */
  public List<Target> weights() {
    return model.arrays().entrySet().stream()
        .map((Map.Entry<String, NDArray> each) ->
            new Target(each.getKey(), each.getValue().size()))
        .filter(target -> target.size() > 0)
        .toList();
  }

  /** Those of them that the answer of a case is computed with; the other ones check it. */
  public List<Target> ofAnswers() {
    return weights().stream()
        .filter(target -> target.name().startsWith(WeightsGuard.FIRST_PATH))
        .toList();
  }

  /** Turns over one bit of a weight; the same call once more turns it back. */
  public void weight(Target target, int element, int bit) {
    NDArray array = model.arrays().get(target.name());
    if (array == null) {
      throw new IllegalArgumentException("The model has no weights " + target.name());
    }
    ByteBuffer memory = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
    int at = element * Float.BYTES;
    memory.putInt(at, memory.getInt(at) ^ 1 << bit);
  }
}
