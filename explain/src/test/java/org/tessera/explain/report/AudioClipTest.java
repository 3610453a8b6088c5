package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.TimeInterval;

@DisplayName("A clip of a recording")
class AudioClipTest {

  @Test
  @DisplayName("is a WAV file that Java's own reader plays back sample by sample")
  void wave() throws IOException, UnsupportedAudioFileException {
    float[] samples = {0, 0.5f, -0.5f, 1, -1, 2};
    byte[] bytes = new AudioClip(0, samples).wave().bytes();
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(in.getFormat().getSampleRate()).isEqualTo(16_000);
      assertThat(in.getFormat().getChannels()).isEqualTo(1);
      ByteBuffer read = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(read.remaining()).isEqualTo(2 * samples.length);
      assertThat(read.getShort(2)).isEqualTo((short) 16384);
      assertThat(read.getShort(8)).isEqualTo((short) -32767);
      assertThat(read.getShort(10)).isEqualTo((short) 32767);
    }
  }

  @Test
  @DisplayName("of a long recording is 30 seconds around the earliest highlight")
  void longRecording() throws IOException {
    AudioSource recording = tone(600, 440);
    AudioClip clip =
        AudioClip.of(recording, List.of(new TimeInterval(410, 411), new TimeInterval(402, 403)));
    assertThat(clip.start()).isEqualTo(400);
    assertThat(clip.length()).isEqualTo(30);
    assertThat(AudioClip.of(recording, List.of(new TimeInterval(599, 600))).start()).isEqualTo(570);
    assertThat(AudioClip.of(recording, List.of()).start()).isZero();
  }

  @Test
  @DisplayName("draws a low tone low and a high tone high")
  void spectrogram() throws IOException {
    int low = brightestRow(AudioClip.of(tone(1, 200), List.of()).spectrogram());
    int high = brightestRow(AudioClip.of(tone(1, 6000), List.of()).spectrogram());
    assertThat(high).isLessThan(30);
    assertThat(low).isGreaterThan(160);
  }

  private static int brightestRow(BufferedImage image) {
    int brightest = 0;
    int x = image.getWidth() / 2;
    for (int y = 0; y < image.getHeight(); y++) {
      if (image.getRaster().getSample(x, y, 0) > image.getRaster().getSample(x, brightest, 0)) {
        brightest = y;
      }
    }
    return brightest;
  }

  private static AudioSource tone(double seconds, double hertz) {
    return new AudioSource() {
      @Override
      public double duration() {
        return seconds;
      }

      @Override
      public float[] read(TimeInterval interval) {
        float[] samples =
            new float[(int) Math.round((interval.end() - interval.start()) * SAMPLE_RATE)];
        for (int i = 0; i < samples.length; i++) {
          double time = interval.start() + i / (double) SAMPLE_RATE;
          samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * time));
        }
        return samples;
      }
    };
  }
}
