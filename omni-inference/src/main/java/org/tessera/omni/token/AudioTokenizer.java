package org.tessera.omni.token;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.signal.LogMel;

/** A recording, or its six loudest seconds, as patches of 80 ms of its log-mel spectrogram. */
public final class AudioTokenizer {
  /** Samples of a token. */
  public static final int SAMPLES = AudioSegment.FRAMES_PER_TOKEN * LogMel.HOP;

  /** Seconds of a token. */
  public static final double SECONDS = (double) SAMPLES / AudioSource.SAMPLE_RATE;

  private AudioTokenizer() {}

  /**
   * Reads a recording.
   *
   * @param evidence the recording
   * @param notices told what was left out
   * @throws IOException if the sound cannot be decoded
   */
  public static AudioSegment segment(AudioEvidence evidence, Consumer<String> notices)
      throws IOException {
    double duration = evidence.audio().duration();
    float[] samples = evidence.audio().read(new TimeInterval(0, duration));
    int most = AudioSegment.MAX_TOKENS * SAMPLES;
    int first = 0;
    if (samples.length > most) {
      first = loudest(samples);
      notices.accept(
          String.format(
              Locale.ROOT,
              "Of the %.1f seconds of %s only the %.0f loudest in a row are read, from %.2f s on.",
              duration,
              evidence.id(),
              most / (double) AudioSource.SAMPLE_RATE,
              first * SECONDS));
      int start = first * SAMPLES;
      samples = Arrays.copyOfRange(samples, start, Math.min(samples.length, start + most));
    }
    return new AudioSegment(
        evidence.id(), tokens(evidence.id(), samples.length, first), patches(samples));
  }

  /**
   * The token at which the six seconds of most energy begin; energy of the differences between
   * samples, so that hum and rumble count little.
   */
  private static int loudest(float[] samples) {
    int count = (samples.length + SAMPLES - 1) / SAMPLES;
    double[] before = new double[count + 1];
    for (int token = 0; token < count; token++) {
      double energy = 0;
      int end = Math.min(samples.length, (token + 1) * SAMPLES);
      for (int i = Math.max(1, token * SAMPLES); i < end; i++) {
        double step = samples[i] - samples[i - 1];
        energy += step * step;
      }
      before[token + 1] = before[token] + energy;
    }
    int best = 0;
    double most = -1;
    for (int first = 0; first + AudioSegment.MAX_TOKENS <= count; first++) {
      double energy = before[first + AudioSegment.MAX_TOKENS] - before[first];
      if (energy > most) {
        most = energy;
        best = first;
      }
    }
    return best;
  }

  private static List<Token> tokens(String id, int samples, int first) {
    List<Token> tokens = new ArrayList<>();
    for (int start = 0; start < samples; start += SAMPLES) {
      double from = (double) (first * SAMPLES + start) / AudioSource.SAMPLE_RATE;
      int length = Math.min(SAMPLES, samples - start);
      double to = (double) (first * SAMPLES + start + length) / AudioSource.SAMPLE_RATE;
      tokens.add(
          new Token(
              Modality.AUDIO, id, new TimeInterval(from, to), new Position(from, 0, 0)));
    }
    return tokens;
  }

  /** The spectrogram, filled up with silence to whole tokens. */
  private static float[] patches(float[] samples) {
    float[] mel = LogMel.of(samples);
    int tokens = (samples.length + SAMPLES - 1) / SAMPLES;
    float[] patches =
        Arrays.copyOf(mel, tokens * AudioSegment.FRAMES_PER_TOKEN * AudioSegment.MELS);
    Arrays.fill(patches, mel.length, patches.length, AudioSegment.FLOOR);
    return patches;
  }
}
