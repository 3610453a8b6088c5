package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tessera.omni.fixture.DrawnSound;
import org.tessera.omni.token.AudioSegment;

class LogMelTest {

  @Test
  void aFrameEqualsTheDefinitionComputedDirectly() {
    float[] samples = new float[3000];
    Random random = new Random(4);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) random.nextGaussian() * 0.2f;
    }
    float[] mel = LogMel.of(samples);
    for (int frame : new int[] {0, 1, 6, 7, LogMel.frames(samples.length) - 1}) {
      for (int band = frame % 3; band < LogMel.BANDS; band += 3) {
        assertThat((double) mel[frame * LogMel.BANDS + band])
            .as("frame %d, band %d", frame, band)
            .isCloseTo(direct(samples, frame, band), within(1e-3));
      }
    }
  }

  /** The discrete Fourier transform and the triangle, by their formulas. */
  private static double direct(float[] samples, int frame, int band) {
    double energy = 0;
    for (int k = 0; k <= 256; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < 400; i++) {
        int at = frame * 160 + 80 - 200 + i;
        double sample = at < 0 || at >= samples.length ? 0 : samples[at];
        double windowed = sample * Math.pow(Math.sin(Math.PI * i / 400), 2);
        re += windowed * Math.cos(2 * Math.PI * k * i / 512);
        im -= windowed * Math.sin(2 * Math.PI * k * i / 512);
      }
      energy += triangle(k * 16000.0 / 512, band) * (re * re + im * im);
    }
    return Math.max(-11.5, Math.log(energy));
  }

  private static double triangle(double hertz, int band) {
    double step = (mel(7800) - mel(50)) / 65;
    double low = hertz(mel(50) + band * step);
    double centre = hertz(mel(50) + (band + 1) * step);
    double high = hertz(mel(50) + (band + 2) * step);
    return Math.max(0, Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)));
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  @Test
  void aToneIsLoudestInTheBandThatIsCentredNearIt() {
    for (double hertz : new double[] {150, 440, 1000, 3000, 7000}) {
      float[] mel = LogMel.of(DrawnSound.quiet(1).tone(0, 1, hertz, 0.5).samples());
      int loudest = 0;
      for (int band = 0; band < LogMel.BANDS; band++) {
        loudest = mel[50 * 64 + band] > mel[50 * 64 + loudest] ? band : loudest;
      }
      double spacing = LogMel.centre(Math.min(63, loudest + 1)) - LogMel.centre(loudest - 1);
      assertThat(LogMel.centre(loudest)).isCloseTo(hertz, within(spacing));
    }
  }

  @Test
  void silenceIsTheFloorInEveryBand() {
    assertThat(LogMel.of(new float[1600])).hasSize(640).containsOnly(LogMel.FLOOR);
  }

  @Test
  void everyBandHearsWhiteNoise() {
    float[] noise = DrawnSound.quiet(0.5).samples();
    for (int i = 0; i < noise.length; i++) {
      noise[i] *= 100;
    }
    float[] mel = LogMel.of(noise);
    for (float each : mel) {
      assertThat(each).isGreaterThan(LogMel.FLOOR);
    }
  }

  @Test
  void thereIsAFramePerHopBegun() {
    assertThat(LogMel.frames(0)).isZero();
    assertThat(LogMel.frames(1)).isEqualTo(1);
    assertThat(LogMel.frames(160)).isEqualTo(1);
    assertThat(LogMel.frames(161)).isEqualTo(2);
  }

  @Test
  void theSegmentMeansTheSameByItsConstants() {
    assertThat(AudioSegment.MELS).isEqualTo(LogMel.BANDS);
    assertThat(AudioSegment.FLOOR).isEqualTo(LogMel.FLOOR);
  }
}
