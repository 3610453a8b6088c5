package org.tessera.omni.token;

import java.util.Arrays;
import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A recording as patches of its log-mel spectrogram.
 *
 * @param evidence id of the evidence
 * @param tokens one per FRAMES_PER_TOKEN mel frames (80 ms), in time
 * @param values (tokens x FRAMES_PER_TOKEN, MELS) natural logarithm of mel energy, floored at FLOOR
 *     (silence)
 */
@SuppressWarnings("ArrayRecordComponent")
public record AudioSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Logarithm of the energy that counts as silence. */
  public static final float FLOOR = -11.5f;

  /** Mel bands. */
  public static final int MELS = 64;

  /** Mel frames (10 ms apart) in a token. */
  public static final int FRAMES_PER_TOKEN = 8;

  /** Most tokens of one recording: 6 seconds. */
  public static final int MAX_TOKENS = 75;

  public AudioSegment {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()
        || tokens.size() > MAX_TOKENS
        || values.length != tokens.size() * FRAMES_PER_TOKEN * MELS) {
      throw new IllegalArgumentException(
          "Not a spectrogram: " + values.length + " values, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.AUDIO;
  }

  @Override
  public AudioSegment blank() {
    float[] silence = new float[values.length];
    Arrays.fill(silence, FLOOR);
    return new AudioSegment(evidence, tokens, silence);
  }
}
