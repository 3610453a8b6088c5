package org.tessera.omni.signal;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.RejectedInputException;

/** Samples as they come, up to the longest recording. */
final class SampleSink {
  private static final int MOST = (int) (AudioDecoder.LONGEST * AudioSource.SAMPLE_RATE);

  private float[] samples = new float[AudioSource.SAMPLE_RATE * 8];
  private int length;

  void add(FloatPointer from, int count) throws RejectedInputException {
    if (count > MOST - length) {
      throw tooLong();
    }
    if (length + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.clamp(2L * (length + count), 0, MOST));
    }
    from.get(samples, length, count);
    length += count;
  }

  float[] samples() {
    float[] all = Arrays.copyOf(samples, length);
    for (int i = 0; i < length; i++) {
      all[i] = Float.isFinite(all[i]) ? Math.clamp(all[i], -1f, 1f) : 0;
    }
    return all;
  }

  static RejectedInputException tooLong() {
    return new RejectedInputException(
        "The recording lasts longer than %.0f minutes; at most that is read."
            .formatted(AudioDecoder.LONGEST / 60));
  }
}
