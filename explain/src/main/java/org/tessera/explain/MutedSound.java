package org.tessera.explain;

import java.io.IOException;
import java.util.List;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.TimeInterval;

/**
 * A recording that is silent in some intervals. Sound fades out and in within 5 ms inside each, so
 * that the cut itself is not heard as a click.
 *
 * @param source the recording
 * @param muted seconds of the file
 */
record MutedSound(AudioSource source, List<TimeInterval> muted) implements AudioSource {
  private static final double FADE = 0.005;

  MutedSound {
    muted = List.copyOf(muted);
  }

  @Override
  public double duration() {
    return source.duration();
  }

  @Override
  public float[] read(TimeInterval interval) throws IOException {
    float[] samples = source.read(interval);
    for (TimeInterval silence : muted) {
      long first = Math.round((silence.start() - interval.start()) * SAMPLE_RATE);
      long last = Math.round((silence.end() - interval.start()) * SAMPLE_RATE);
      for (int i = (int) Math.max(0, first); i < Math.min(samples.length, last); i++) {
        double inside = Math.min(i - first, last - 1 - i) / (FADE * SAMPLE_RATE);
        samples[i] *= (float) Math.max(0, 1 - inside);
      }
    }
    return samples;
  }
}
