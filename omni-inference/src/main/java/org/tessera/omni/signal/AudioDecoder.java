package org.tessera.omni.signal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.Content;
import org.tessera.casemodel.ContentDecoder;
import org.tessera.casemodel.DecodeContext;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.RejectedInputException;

/**
 * Recordings: WAV, FLAC, MP3, Ogg (Vorbis, Opus), M4A and WebM, by FFmpeg, as 16 kHz mono. Refused
 * are files without sound, shorter than {@link #SHORTEST} or longer than {@link #LONGEST} seconds,
 * and silence. Clipping is no reason to refuse: see {@link AudioQuality}.
 */
public final class AudioDecoder implements ContentDecoder {
  /** Shortest recording, in seconds. */
  public static final double SHORTEST = 0.3;

  /** Longest recording, in seconds. */
  public static final double LONGEST = 600;

  /** Peak below which a recording is silence: -70 dBFS, ten steps of 16 bits. */
  public static final double SILENCE = 3.2e-4;

  private static final Set<String> TYPES =
      Set.of(
          "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave", "audio/flac", "audio/x-flac",
          "audio/mpeg", "audio/mp3", "audio/ogg", "audio/opus", "audio/vorbis", "application/ogg",
          "audio/mp4", "audio/m4a", "audio/x-m4a", "video/mp4", "audio/aac", "audio/amr",
          "audio/aiff", "audio/webm", "video/webm");

  @Override
  public boolean accepts(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public List<Evidence> decode(Content content, DecodeContext context)
      throws IOException, RejectedInputException {
    if (content.size() == 0) {
      throw new RejectedInputException("The file is empty.");
    }
    float[] samples = SoundFile.samples(content);
    double seconds = (double) samples.length / AudioSource.SAMPLE_RATE;
    if (seconds < SHORTEST) {
      throw new RejectedInputException(
          samples.length == 0
              ? "The recording lasts 0 seconds."
              : "The recording lasts only %.2f seconds; at least %.1f are needed."
                  .formatted(seconds, SHORTEST));
    }
    if (AudioQuality.of(samples).peak() < SILENCE) {
      throw new RejectedInputException("The recording is silent from beginning to end.");
    }
    return List.of(
        new AudioEvidence(
            context.origin(
                content, content.name(), Optional.empty(), Optional.empty(), Optional.empty()),
            new RecordedSound(content, samples)));
  }
}
