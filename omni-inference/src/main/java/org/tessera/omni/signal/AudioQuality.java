package org.tessera.omni.signal;

/**
 * What can be said about a recording without knowing what is on it.
 *
 * @param peak largest magnitude, 0 to 1
 * @param rmsDbfs root mean square in decibels below full scale; -120 at the lowest
 * @param clippedFraction share of samples that stand at the peak, beside another one, at 0.985 or
 *     more of full scale
 * @param silentFraction share of 20 ms pieces below -60 dBFS
 */
public record AudioQuality(
    double peak, double rmsDbfs, double clippedFraction, double silentFraction) {
  private static final float NEAR_FULL = 0.985f;
  private static final int PIECE = 320;
  private static final double SILENT = 1e-6;
  private static final double LOWEST = 1e-12;

  /**
   * Measures a recording.
   *
   * @param samples 16 kHz mono
   */
  public static AudioQuality of(float[] samples) {
    if (samples.length == 0) {
      return new AudioQuality(0, -120, 0, 1);
    }
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return new AudioQuality(
        peak,
        10 * Math.log10(Math.max(LOWEST, power(samples, 0, samples.length))),
        (double) clipped(samples, peak) / samples.length,
        silent(samples));
  }

  private static int clipped(float[] samples, float peak) {
    if (peak < NEAR_FULL) {
      return 0;
    }
    int clipped = 0;
    for (int i = 1; i < samples.length; i++) {
      if (Math.abs(samples[i]) >= NEAR_FULL && Math.abs(samples[i - 1]) >= NEAR_FULL) {
        clipped++;
      }
    }
    return clipped;
  }

  private static double silent(float[] samples) {
    int pieces = (samples.length + PIECE - 1) / PIECE;
    int silent = 0;
    for (int i = 0; i < pieces; i++) {
      double power = power(samples, i * PIECE, Math.min(samples.length, (i + 1) * PIECE));
      silent += power < SILENT ? 1 : 0;
    }
    return (double) silent / pieces;
  }

  private static double power(float[] samples, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / (to - from);
  }
}
