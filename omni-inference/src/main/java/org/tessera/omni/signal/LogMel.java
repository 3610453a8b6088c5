package org.tessera.omni.signal;

import java.util.Arrays;
import org.tessera.casemodel.AudioSource;

/**
 * The log-mel spectrogram: 25 ms Hann windows every 10 ms, 512-point Fourier transform, 64
 * triangular bands equally spaced in mel (2595 log10(1 + f / 700)) from 50 to 7800 Hz, natural
 * logarithm of the band's power, floored at {@link #FLOOR}.
 *
 * <p>Window {@code i} is centred on the middle of hop {@code i}, so that the frames of a token
 * cover exactly the token's time; what lies outside the samples counts as silence.
 */
public final class LogMel {
  /** Samples between frames: 10 ms. */
  public static final int HOP = 160;

  /** Samples in a window: 25 ms. */
  public static final int WINDOW = 400;

  /** Points of the Fourier transform. */
  public static final int POINTS = 512;

  /** Mel bands. */
  public static final int BANDS = 64;

  /** Logarithm of the power that counts as silence: 1e-5, a white noise of about -80 dBFS. */
  public static final float FLOOR = -11.5f;

  /** Lower edge of the lowest band, in hertz. */
  public static final double LOW = 50;

  /** Upper edge of the highest band, in hertz. */
  public static final double HIGH = 7800;

  private static final int BINS = POINTS / 2 + 1;
  private static final float[] HANN = hann();
  private static final Band[] FILTERS = filters();

  private LogMel() {}

  /** Number of frames of so many samples: one per hop begun. */
  public static int frames(int samples) {
    return (samples + HOP - 1) / HOP;
  }

  /**
   * The spectrogram.
   *
   * @param samples 16 kHz mono, -1 to 1
   * @return (frames, 64), row by row
   */
  public static float[] of(float[] samples) {
    int frames = frames(samples.length);
    float[] mel = new float[frames * BANDS];
    float[] re = new float[POINTS];
    float[] im = new float[POINTS];
    float[] power = new float[BINS];
    // Two real frames share one complex transform.
    for (int frame = 0; frame < frames; frame += 2) {
      window(samples, frame, re);
      window(samples, frame + 1, im);
      Fourier.transform(re, im);
      firstPower(re, im, power);
      bands(power, mel, frame * BANDS);
      if (frame + 1 < frames) {
        secondPower(re, im, power);
        bands(power, mel, (frame + 1) * BANDS);
      }
    }
    return mel;
  }

  /** Centre of a band, in hertz. */
  public static double centre(int band) {
    return edge(band + 1);
  }

  private static void window(float[] samples, int frame, float[] into) {
    Arrays.fill(into, 0);
    int start = frame * HOP + HOP / 2 - WINDOW / 2;
    int from = Math.max(0, -start);
    int to = Math.min(WINDOW, samples.length - start);
    for (int i = from; i < to; i++) {
      into[i] = samples[start + i] * HANN[i];
    }
  }

  private static void firstPower(float[] re, float[] im, float[] power) {
    for (int k = 0; k < BINS; k++) {
      int mirror = (POINTS - k) % POINTS;
      float a = (re[k] + re[mirror]) / 2;
      float b = (im[k] - im[mirror]) / 2;
      power[k] = a * a + b * b;
    }
  }

  private static void secondPower(float[] re, float[] im, float[] power) {
    for (int k = 0; k < BINS; k++) {
      int mirror = (POINTS - k) % POINTS;
      float a = (im[k] + im[mirror]) / 2;
      float b = (re[mirror] - re[k]) / 2;
      power[k] = a * a + b * b;
    }
  }

  private static void bands(float[] power, float[] mel, int at) {
    for (int band = 0; band < BANDS; band++) {
      Band filter = FILTERS[band];
      double energy = 0;
      for (int i = 0; i < filter.weights.length; i++) {
        energy += (double) power[filter.first + i] * filter.weights[i];
      }
      mel[at + band] = Math.max(FLOOR, (float) Math.log(energy));
    }
  }

  private static float[] hann() {
    float[] hann = new float[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      hann[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW));
    }
    return hann;
  }

  private static Band[] filters() {
    Band[] filters = new Band[BANDS];
    double hertzPerBin = (double) AudioSource.SAMPLE_RATE / POINTS;
    for (int band = 0; band < BANDS; band++) {
      double low = edge(band);
      double centre = edge(band + 1);
      double high = edge(band + 2);
      int first = (int) Math.ceil(low / hertzPerBin);
      int last = (int) Math.floor(high / hertzPerBin);
      float[] weights = new float[last - first + 1];
      for (int i = 0; i < weights.length; i++) {
        double hertz = (first + i) * hertzPerBin;
        weights[i] =
            (float)
                (hertz <= centre
                    ? (hertz - low) / (centre - low)
                    : (high - hertz) / (high - centre));
      }
      filters[band] = new Band(first, weights);
    }
    return filters;
  }

  private static double edge(int index) {
    double low = 2595 * Math.log10(1 + LOW / 700);
    double high = 2595 * Math.log10(1 + HIGH / 700);
    double mel = low + (high - low) * index / (BANDS + 1);
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Band(int first, float[] weights) {}
}
