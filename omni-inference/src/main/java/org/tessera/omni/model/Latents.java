package org.tessera.omni.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.Token;

/** Pooled stem output, in which inputs are compared with what the model was trained on. */
public final class Latents {
  /** Nearest inputs that are averaged. */
  public static final int NEIGHBOURS = 5;

  private Latents() {}

  /**
   * The mean and the standard deviation of a modality's embeddings over its tokens, without
   * position and type.
   *
   * @return (2 x width)
   */
  public static float[] pooled(ModelBundle bundle, EncodedCase encoded, Modality modality) {
    int width = encoded.width();
    TokenGroup group = TokenGroup.of(modality);
    float[] type = weights(bundle, "type." + group.key());
    float[] positions = weights(bundle, "position." + group.key());
    double[] sum = new double[width];
    double[] squares = new double[width];
    int[] indices = encoded.indices(modality);
    int ordinal = 0;
    String evidence = "";
    for (int index : indices) {
      Token token = encoded.tokens().get(index);
      ordinal = token.evidence().equals(evidence) ? ordinal + 1 : 0;
      evidence = token.evidence();
      int place = ordinal % group.positions();
      for (int i = 0; i < width; i++) {
        double value = encoded.embeddings()[index * width + i] - type[i];
        value -= group == TokenGroup.RECORD ? 0 : positions[place * width + i];
        sum[i] += value;
        squares[i] += value * value;
      }
    }
    float[] pooled = new float[2 * width];
    int n = Math.max(1, indices.length);
    for (int i = 0; i < width; i++) {
      double mean = sum[i] / n;
      pooled[i] = (float) mean;
      pooled[width + i] = (float) Math.sqrt(Math.max(0, squares[i] / n - mean * mean));
    }
    return pooled;
  }

  static float[] of(ModelBundle bundle, EncodedCase encoded, Modality modality) {
    float[] pooled = pooled(bundle, encoded, modality);
    Optional<Tensor> centre = bundle.memory().tensor("centre", "", modality);
    Optional<Tensor> spread = bundle.memory().tensor("spread", "", modality);
    if (centre.isPresent() && spread.isPresent()) {
      standardize(pooled, centre.get().values(), spread.get().values());
    }
    return normalized(pooled);
  }

  /** Subtracts the centre and divides by the spread, in place. */
  public static void standardize(float[] pooled, float[] centre, float[] spread) {
    for (int i = 0; i < pooled.length; i++) {
      pooled[i] = (pooled[i] - centre[i]) / (spread[i] + 1e-3f);
    }
  }

  /** Scales to length 1, in place. */
  public static float[] normalized(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    double length = Math.sqrt(sum) + 1e-9;
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= (float) length;
    }
    return vector;
  }

  static List<float[]> rows(Tensor tensor) {
    int width = Math.toIntExact(tensor.shape()[1]);
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < tensor.shape()[0]; row++) {
      float[] values = new float[width];
      System.arraycopy(tensor.values(), row * width, values, 0, width);
      rows.add(values);
    }
    return rows;
  }

  private static float[] weights(ModelBundle bundle, String name) {
    Tensor tensor = bundle.weights().get(name);
    if (tensor == null) {
      throw new IllegalStateException("The model has no parameter " + name);
    }
    return tensor.values();
  }
}
