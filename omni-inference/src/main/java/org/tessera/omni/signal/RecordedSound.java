package org.tessera.omni.signal;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.TimeInterval;

/** A recording that is decoded again if its samples had to make room. */
final class RecordedSound implements AudioSource {
  private final Content content;
  private final int length;
  private SoftReference<float[]> samples;

  RecordedSound(Content content, float[] samples) {
    this.content = content;
    this.length = samples.length;
    this.samples = new SoftReference<>(samples);
  }

  @Override
  public double duration() {
    return (double) length / SAMPLE_RATE;
  }

  @Override
  public float[] read(TimeInterval interval) throws IOException {
    float[] all = samples();
    long start = Math.round(interval.start() * SAMPLE_RATE);
    long count = Math.round((interval.end() - interval.start()) * SAMPLE_RATE);
    if (count > AudioDecoder.LONGEST * SAMPLE_RATE) {
      throw new IllegalArgumentException("Longer than any recording: " + interval);
    }
    if (start >= all.length) {
      return new float[(int) count];
    }
    return Arrays.copyOfRange(all, (int) start, (int) (start + count));
  }

  private synchronized float[] samples() throws IOException {
    float[] kept = samples.get();
    if (kept == null) {
      try {
        kept = SoundFile.samples(content);
      } catch (RejectedInputException e) {
        throw new IOException(e.sentence(), e);
      }
      samples = new SoftReference<>(kept);
    }
    return kept;
  }
}
