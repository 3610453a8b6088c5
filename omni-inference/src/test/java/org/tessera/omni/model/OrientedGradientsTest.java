package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.Safetensors.Tensor;

class OrientedGradientsTest {
  private static final int SIDE = 224;
  private static final int NUMBERS = 9 * 8 * 8;

  /** One finding, whose answer every token is told as it is. */
  private static Map<String, Tensor> rule(float[] weight) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("gradients.weight", new Tensor(new long[] {NUMBERS, 1}, weight));
    tensors.put("gradients.bias", new Tensor(new long[] {1}, new float[] {0}));
    tensors.put("gradients.told", new Tensor(new long[] {1, 1}, new float[] {1}));
    return tensors;
  }

  private static float answer(float[] samples, float[] weight) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = Parameters.of(manager, rule(weight));
      return OrientedGradients.told(pixels(manager, samples), parameters).toFloatArray()[0];
    }
  }

  private static NDArray pixels(NDManager manager, float[] samples) {
    float[] both = new float[2 * SIDE * SIDE];
    System.arraycopy(samples, 0, both, 0, samples.length);
    return manager.create(both, new Shape(1, 2, SIDE, SIDE));
  }

  private static float[] noise(long seed) {
    Random random = new Random(seed);
    float[] samples = new float[SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian();
    }
    return samples;
  }

  private static float[] only(int number) {
    float[] weight = new float[NUMBERS];
    weight[number] = 1;
    return weight;
  }

  /** The same, cell by cell and pixel by pixel. */
  private static double strength(float[] samples, int direction, int row, int column) {
    double around = 0;
    int count = 0;
    for (int y = Math.max(0, row - 1); y <= Math.min(7, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(7, column + 1); x++) {
        count++;
        for (int k = 0; k < 9; k++) {
          around += Math.pow(cell(samples, k, y, x), 2);
        }
      }
    }
    double own = cell(samples, direction, row, column);
    return (own / (Math.sqrt(around / count) + 0.05) - 0.2) / 0.15;
  }

  private static double cell(float[] samples, int direction, int row, int column) {
    double angle = Math.PI * direction / 9;
    double sum = 0;
    for (int y = 48 + 16 * row; y < 64 + 16 * row; y++) {
      for (int x = 48 + 16 * column; x < 64 + 16 * column; x++) {
        double across = samples[y * SIDE + x + 1] - samples[y * SIDE + x - 1];
        double down = samples[(y + 1) * SIDE + x] - samples[(y - 1) * SIDE + x];
        double energy = across * across + down * down + 1e-4;
        double along = across * Math.cos(angle) + down * Math.sin(angle);
        sum += Math.pow(along * along / energy, 4) * Math.sqrt(energy);
      }
    }
    return sum / 256;
  }

  @Test
  void strengthsAreThoseOfTheDefinition() {
    float[] samples = noise(1);
    for (int[] at : List.of(new int[] {0, 0, 0}, new int[] {4, 3, 5}, new int[] {8, 7, 7})) {
      assertThat((double) answer(samples, only((at[0] * 8 + at[1]) * 8 + at[2])))
          .isCloseTo(strength(samples, at[0], at[1], at[2]), Offset.offset(1e-3));
    }
  }

  @Test
  void theBorderIsNotRead() {
    float[] samples = noise(2);
    float[] weight = new float[NUMBERS];
    Random random = new Random(3);
    for (int i = 0; i < NUMBERS; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    float answer = answer(samples, weight);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (y < 47 || x < 47 || y > 176 || x > 176) {
          samples[y * SIDE + x] += 5;
        }
      }
    }
    assertThat(answer(samples, weight)).isEqualTo(answer);
    samples[100 * SIDE + 100] += 5;
    assertThat(answer(samples, weight)).isNotEqualTo(answer);
  }

  @Test
  void theSequenceIsToldTheAnswerAndCannotBendIt() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = Parameters.of(manager, rule(only(0)));
      parameters.all().values().forEach(each -> each.setRequiresGradient(true));
      NDArray pixels = pixels(manager, noise(4));
      pixels.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(OrientedGradients.told(pixels, parameters).square().sum());
      }
      assertThat(parameters.get("gradients.weight").getGradient().abs().sum().getFloat()).isZero();
      assertThat(parameters.get("gradients.bias").getGradient().getFloat()).isZero();
      assertThat(parameters.get("gradients.told").getGradient().getFloat()).isNotZero();
      assertThat(pixels.getGradient().abs().sum().getFloat()).isPositive();
    }
  }

  @Test
  void theRuleLearnsWhatARadiographAloneDecides() {
    int findings = 3;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(
        "gradients.weight",
        new Tensor(new long[] {NUMBERS, findings}, new float[NUMBERS * findings]));
    tensors.put("gradients.bias", new Tensor(new long[] {findings}, new float[findings]));
    float[] known = {1, 0, 1};
    TrainableModel.Sequence row =
        new TrainableModel.Sequence(Map.of(), new float[] {1, 1, 1}, known);
    try (NDManager manager = NDManager.newBaseManager()) {
      Parameters parameters = Parameters.of(manager, tensors);
      parameters.all().values().forEach(each -> each.setRequiresGradient(true));
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(
            OrientedGradients.loss(
                pixels(manager, noise(5)), List.of(row), f -> f < 2, parameters, manager));
      }
      float[] gradient = parameters.get("gradients.bias").getGradient().toFloatArray();
      assertThat(gradient).as("known and asked, unknown, not asked").containsExactly(-0.5f, 0, 0);
    }
  }
}
