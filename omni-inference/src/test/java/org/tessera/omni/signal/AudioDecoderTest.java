package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.fixture.SharedData;
import org.tessera.omni.fixture.SoundEncoder;
import org.tessera.omni.fixture.TestContent;

class AudioDecoderTest {
  private final AudioDecoder decoder = new AudioDecoder();
  @TempDir private Path folder;

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource({
    "wav, pcm_s16le, audio/wav, 44100, 0.001",
    "wav, pcm_f32le, audio/wav, 96000, 0.001",
    "flac, flac, audio/flac, 48000, 0.001",
    "mp3, libmp3lame, audio/mpeg, 44100, 0.06",
    "ogg, libopus, audio/ogg, 48000, 0.06",
    "ogg, vorbis, audio/ogg, 44100, 0.12",
    "ipod, aac, audio/mp4, 44100, 0.06",
    "webm, libopus, audio/webm, 48000, 0.06"
  })
  void aBeepStaysWhereItWas(String muxer, String encoder, String type, int rate, double slack)
      throws Exception {
    Path file = folder.resolve("sound");
    SoundEncoder.encode(file, muxer, encoder, rate, beep(rate));
    AudioSource audio = decode(TestContent.of(file, type));
    assertThat(audio.duration()).isCloseTo(2.0, within(slack));
    assertThat(rms(audio, 0.9, 1.1)).isCloseTo(0.35, within(0.05));
    assertThat(rms(audio, 0.1, 0.7)).isLessThan(0.02);
    assertThat(rms(audio, 1.3, 1.9)).isLessThan(0.02);
    assertThat(onset(audio)).isCloseTo(0.8, within(0.02));
  }

  /** Two seconds, a tone of 500 Hz from 0.8 to 1.2 s. */
  private static float[] beep(int rate) {
    float[] samples = new float[2 * rate];
    for (int i = (int) (0.8 * rate); i < (int) (1.2 * rate); i++) {
      samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * 500 * i / rate));
    }
    return samples;
  }

  private static double rms(AudioSource audio, double start, double end) throws IOException {
    float[] samples = audio.read(new TimeInterval(start, end));
    double sum =
        IntStream.range(0, samples.length).mapToDouble(i -> samples[i] * samples[i]).sum();
    return Math.sqrt(sum / samples.length);
  }

  private static double onset(AudioSource audio) throws IOException {
    float[] samples = audio.read(new TimeInterval(0, audio.duration()));
    int first = 0;
    while (Math.abs(samples[first]) < 0.15) {
      first++;
    }
    return (double) first / AudioSource.SAMPLE_RATE;
  }

  @Test
  void memoryAndFileGiveTheSameSamples() throws Exception {
    Path file = folder.resolve("sound");
    SoundEncoder.encode(file, "ipod", "aac", 44100, beep(44100));
    TestContent fromFile = TestContent.of(file, "audio/mp4");
    TestContent fromMemory = TestContent.of("sound", "audio/mp4", fromFile.bytes());
    assertThat(all(decode(fromMemory))).isEqualTo(all(decode(fromFile)));
  }

  @Test
  void twoLoudChannelsDoNotExceedFullScale() throws Exception {
    byte[] wav = wav(stereo(16_000), 16_000, 2, 16);
    float[] samples = all(decode(TestContent.of("loud.wav", "audio/wav", wav)));
    assertThat(AudioQuality.of(samples).peak()).isCloseTo(0.9, within(0.01));
  }

  /** Both channels the same tone of 0.9. */
  private static byte[] stereo(int frames) {
    byte[] pcm = new byte[frames * 4];
    for (int i = 0; i < frames * 2; i++) {
      short sample = (short) (0.9 * 32767 * Math.sin(2 * Math.PI * 400 * (i / 2) / 16_000.0));
      pcm[2 * i] = (byte) sample;
      pcm[2 * i + 1] = (byte) (sample >> 8);
    }
    return pcm;
  }

  @Test
  void readingBeyondTheEndGivesSilence() throws Exception {
    byte[] wav = wav(stereo(16_000), 16_000, 2, 16);
    AudioSource audio = decode(TestContent.of("a.wav", "audio/wav", wav));
    float[] tail = audio.read(new TimeInterval(0.9, 1.4));
    assertThat(tail).hasSize(8000);
    assertThat(AudioQuality.of(Arrays.copyOf(tail, 1000)).peak()).isGreaterThan(0.5);
    assertThat(Arrays.copyOfRange(tail, 1600, 8000)).containsOnly(0);
    assertThat(audio.read(new TimeInterval(5, 5.1))).containsOnly(0).hasSize(1600);
  }

  @Test
  void whatIsNoSoundIsRefusedInOneSentence() throws Exception {
    rejects(new byte[0], "The file is empty.");
    rejects(zip(), "The file is not a recording of a known format, whatever its name says.");
    rejects(
        "#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n".getBytes(StandardCharsets.UTF_8),
        "The file is not a recording of a known format, whatever its name says.");
    rejects(
        "A note and no sound. ".repeat(500).getBytes(StandardCharsets.UTF_8),
        "The file is not a recording of a known format, whatever its name says.");
  }

  @Test
  void tooShortSilentOrTooLongIsSaid() throws Exception {
    rejects(wav(new byte[0], 16_000, 1, 16), "The recording lasts 0 seconds.");
    rejects(
        wav(stereo(3_200), 16_000, 2, 16),
        "The recording lasts only 0.20 seconds; at least 0.3 are needed.");
    rejects(
        wav(new byte[64_000], 16_000, 1, 16),
        "The recording is silent from beginning to end.");
    byte[] hum = new byte[8000 * 602];
    for (int i = 0; i < hum.length; i++) {
      hum[i] = (byte) (i % 40 < 20 ? 90 : -90);
    }
    rejects(
        wav(hum, 8000, 1, 8), "The recording lasts longer than 10 minutes; at most that is read.");
  }

  @Test
  void garbageNeverEscapesAsAnythingElse() throws Exception {
    Path file = folder.resolve("sound");
    Random random = new Random(7);
    for (String format :
        new String[] {"mp3 libmp3lame", "ipod aac", "webm libopus", "ogg libopus"}) {
      SoundEncoder.encode(
          file, format.split(" ")[0], format.split(" ")[1], 48000, beep(48000));
      byte[] whole = Files.readAllBytes(file);
      for (int round = 0; round < 40; round++) {
        byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
        for (int i = 0; i < round; i++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(decode(TestContent.of("x", "audio/mpeg", broken)).duration()).isPositive();
        } catch (RejectedInputException e) {
          assertThat(e.sentence()).endsWith(".").doesNotContain("Exception");
        }
      }
    }
  }

  @Test
  void manyThreadsDecodeAtOnce() throws Exception {
    Path file = folder.resolve("sound");
    SoundEncoder.encode(file, "mp3", "libmp3lame", 44100, beep(44100));
    TestContent content = TestContent.of(file, "audio/mpeg");
    float[] expected = all(decode(content));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        results.add(threads.submit(() -> all(decode(content))));
      }
      for (Future<float[]> result : results) {
        assertThat(Arrays.equals(result.get(), expected)).isTrue();
      }
    }
  }

  @Test
  void realCoughsAreRead() throws Exception {
    for (String set : new String[] {"cough-covid/audio", "cough-events/audio"}) {
      for (Path file : SharedData.some(set, 20)) {
        String type = file.toString().endsWith("mp3") ? "audio/mpeg" : "audio/flac";
        AudioSource audio = decode(TestContent.of(file, type));
        AudioQuality quality = AudioQuality.of(all(audio));
        assertThat(audio.duration()).isBetween(0.3, 100.0);
        assertThat(quality.peak()).isBetween(0.0003, 1.0);
        assertThat(quality.silentFraction()).isLessThan(1);
      }
    }
  }

  private AudioSource decode(TestContent content) throws IOException, RejectedInputException {
    return ((AudioEvidence) decoder.decode(content, TestContent.context()).getFirst()).audio();
  }

  private static float[] all(AudioSource audio) throws IOException {
    return audio.read(new TimeInterval(0, audio.duration()));
  }

  private void rejects(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> decode(TestContent.of("cough.mp3", "audio/mpeg", bytes)))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage(sentence);
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("cough.txt"));
      byte[] noise = new byte[100_000];
      new Random(3).nextBytes(noise);
      zip.write(noise);
    }
    return out.toByteArray();
  }

  private static byte[] wav(byte[] pcm, int rate, int channels, int bits) throws IOException {
    AudioFormat format = new AudioFormat(rate, bits, channels, bits > 8, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(
            new ByteArrayInputStream(pcm), format, pcm.length / format.getFrameSize()),
        AudioFileFormat.Type.WAVE,
        out);
    return out.toByteArray();
  }
}
