package org.tessera.omni.model;

import org.tessera.omni.token.AudioSegment;

/** What the convolutional stems see: brightness, gain and microphone are taken out first. */
public final class StemInput {
  private static final int RADIUS = 12;

  private StemInput() {}

  /**
   * Two channels of a grey square: standardized samples, and local contrast (the sample against its
   * neighbourhood of 25 x 25), which draws the model from the border to the texture.
   *
   * @param canvas (side, side) grey samples
   * @return (2, side, side); all zero for a blank canvas
   */
  public static float[] image(float[] canvas, int side) {
    int n = side * side;
    float[] out = new float[2 * n];
    double mean = mean(canvas);
    double deviation = deviation(canvas, mean);
    if (deviation < 1e-4) {
      return out;
    }
    for (int i = 0; i < n; i++) {
      out[i] = (float) ((canvas[i] - mean) / deviation);
    }
    localContrast(out, side);
    return out;
  }

  /**
   * A spectrogram without its overall level.
   *
   * @param logMel (frames, mels), as in {@link AudioSegment}
   * @return (mels, frames); all zero for silence
   */
  public static float[] audio(float[] logMel) {
    int mels = AudioSegment.MELS;
    int frames = logMel.length / mels;
    double mean = mean(logMel);
    float[] out = new float[logMel.length];
    for (int frame = 0; frame < frames; frame++) {
      for (int mel = 0; mel < mels; mel++) {
        out[mel * frames + frame] = (float) ((logMel[frame * mels + mel] - mean) / 3);
      }
    }
    return out;
  }

  private static void localContrast(float[] out, int side) {
    double[] sum = new double[(side + 1) * (side + 1)];
    double[] square = new double[(side + 1) * (side + 1)];
    int stride = side + 1;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double value = out[y * side + x];
        int at = (y + 1) * stride + x + 1;
        sum[at] = value + sum[at - 1] + sum[at - stride] - sum[at - stride - 1];
        square[at] = value * value + square[at - 1] + square[at - stride] - square[at - stride - 1];
      }
    }
    for (int y = 0; y < side; y++) {
      int top = Math.max(0, y - RADIUS) * stride;
      int bottom = Math.min(side, y + RADIUS + 1) * stride;
      for (int x = 0; x < side; x++) {
        int left = Math.max(0, x - RADIUS);
        int right = Math.min(side, x + RADIUS + 1);
        double area = (double) (bottom - top) / stride * (right - left);
        double mean = box(sum, top, bottom, left, right) / area;
        double variance = box(square, top, bottom, left, right) / area - mean * mean;
        double contrast = (out[y * side + x] - mean) / (Math.sqrt(Math.max(variance, 0)) + 0.1);
        out[side * side + y * side + x] = (float) contrast;
      }
    }
  }

  private static double box(double[] sum, int top, int bottom, int left, int right) {
    return sum[bottom + right] - sum[bottom + left] - sum[top + right] + sum[top + left];
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values, double mean) {
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
