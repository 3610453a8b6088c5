package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.signal.LogMel;

/**
 * Mean, spread and percentiles of each mel band over the recording (its first minute): timbre and
 * microphone, no order in time.
 */
record MelStatistics() implements Baseline {
  private static final double MOST_SECONDS = 60;

  @Override
  public String name() {
    return "log-mel statistics";
  }

  @Override
  public Modality modality() {
    return Modality.AUDIO;
  }

  @Override
  public Kind kind() {
    return Kind.PLAIN;
  }

  @Override
  public double[] features(Content content, Evidence evidence) throws IOException {
    if (!(evidence instanceof AudioEvidence sound)) {
      throw new IOException("The evidence is not a recording.");
    }
    double end = Math.min(MOST_SECONDS, sound.audio().duration());
    float[] mel = LogMel.of(sound.audio().read(new TimeInterval(0, end)));
    int frames = mel.length / LogMel.BANDS;
    double[] features = new double[LogMel.BANDS * Summary.SIZE];
    double[] band = new double[frames];
    for (int b = 0; b < LogMel.BANDS; b++) {
      for (int frame = 0; frame < frames; frame++) {
        band[frame] = mel[frame * LogMel.BANDS + b];
      }
      Summary.of(band, features, b * Summary.SIZE);
    }
    return features;
  }
}
