package org.tessera.explain.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.signal.LogMel;

/**
 * A piece of a recording that can be looked at and played.
 *
 * @param start second of the file at which it begins
 * @param samples 16 kHz mono, -1 to 1; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record AudioClip(double start, float[] samples) {
  /** Longest piece that goes into a report. */
  static final double MAX_SECONDS = 30;

  private static final int MAX_COLUMNS = 1200;
  private static final int ROWS_PER_BAND = 3;

  /** Natural logarithm of power below the loudest that is still drawn: about 52 dB. */
  private static final float RANGE = 12;

  private static final int WAV_HEADER = 44;

  /** The beginning of the recording; of a long one the piece with the earliest highlight. */
  static AudioClip of(AudioSource audio, List<TimeInterval> highlights) throws IOException {
    double start = 0;
    if (audio.duration() > MAX_SECONDS) {
      double first = highlights.stream().mapToDouble(TimeInterval::start).min().orElse(0);
      start = Math.clamp(first - 2, 0, audio.duration() - MAX_SECONDS);
    }
    double end = Math.min(audio.duration(), start + MAX_SECONDS);
    return new AudioClip(start, audio.read(new TimeInterval(start, end)));
  }

  /** Length in seconds. */
  double length() {
    return samples.length / (double) AudioSource.SAMPLE_RATE;
  }

  /** Log-mel spectrogram in greys, low tones at the bottom; colour is left to the highlights. */
  BufferedImage spectrogram() {
    return spectrogram(this);
  }

  /** The same, as bright as another clip's, so that the two can be compared. */
  BufferedImage spectrogram(AudioClip scale) {
    float[] mel = LogMel.of(samples);
    int frames = Math.max(1, mel.length / LogMel.BANDS);
    int columns = Math.min(frames, MAX_COLUMNS);
    float loudest = loudest(scale == this ? mel : LogMel.of(scale.samples));
    float quietest = Math.max(LogMel.FLOOR, loudest - RANGE);
    int height = LogMel.BANDS * ROWS_PER_BAND;
    BufferedImage image = new BufferedImage(columns, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int column = 0; column < columns; column++) {
      int frame = (int) ((long) column * frames / columns);
      for (int y = 0; y < height; y++) {
        int band = LogMel.BANDS - 1 - y / ROWS_PER_BAND;
        int at = frame * LogMel.BANDS + band;
        float value = at < mel.length ? mel[at] : LogMel.FLOOR;
        float level = Math.clamp((value - quietest) / (loudest - quietest), 0f, 1f);
        image.getRaster().setSample(column, y, 0, Math.round(level * 255));
      }
    }
    return image;
  }

  private static float loudest(float[] mel) {
    float loudest = LogMel.FLOOR + 1;
    for (float value : mel) {
      loudest = Math.max(loudest, value);
    }
    return loudest;
  }

  /** 16-bit PCM in RIFF (Multimedia Programming Interface and Data Specifications 1.0). */
  Encoded wave() {
    int bytes = samples.length * Short.BYTES;
    ByteBuffer wave = ByteBuffer.allocate(WAV_HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(ascii("RIFF")).putInt(WAV_HEADER - 8 + bytes).put(ascii("WAVE"));
    wave.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    wave.putInt(AudioSource.SAMPLE_RATE).putInt(AudioSource.SAMPLE_RATE * Short.BYTES);
    wave.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
    wave.put(ascii("data")).putInt(bytes);
    for (float sample : samples) {
      wave.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * Short.MAX_VALUE));
    }
    return new Encoded("audio/wav", wave.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
