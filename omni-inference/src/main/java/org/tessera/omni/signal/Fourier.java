package org.tessera.omni.signal;

/** The discrete Fourier transform of 512 complex numbers, in place (Cooley, Tukey 1965). */
final class Fourier {
  private static final int N = LogMel.POINTS;
  private static final int BITS = Integer.numberOfTrailingZeros(N);
  private static final float[] COS = new float[N / 2];
  private static final float[] SIN = new float[N / 2];

  static {
    for (int i = 0; i < N / 2; i++) {
      COS[i] = (float) Math.cos(2 * Math.PI * i / N);
      SIN[i] = (float) -Math.sin(2 * Math.PI * i / N);
    }
  }

  private Fourier() {}

  static void transform(float[] re, float[] im) {
    reorder(re);
    reorder(im);
    for (int half = 1; half < N; half *= 2) {
      int stride = N / (2 * half);
      for (int start = 0; start < N; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = start + k;
          int b = a + half;
          float cos = COS[k * stride];
          float sin = SIN[k * stride];
          float x = re[b] * cos - im[b] * sin;
          float y = re[b] * sin + im[b] * cos;
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  private static void reorder(float[] values) {
    for (int i = 0; i < N; i++) {
      int j = Integer.reverse(i) >>> (32 - BITS);
      if (j > i) {
        float swap = values[i];
        values[i] = values[j];
        values[j] = swap;
      }
    }
  }
}
