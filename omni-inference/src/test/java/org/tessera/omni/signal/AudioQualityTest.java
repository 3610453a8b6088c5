package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.tessera.omni.fixture.DrawnSound;

class AudioQualityTest {

  @Test
  void aToneOfHalfScaleHasNineDecibelsBelowFull() {
    AudioQuality quality = AudioQuality.of(DrawnSound.quiet(1).tone(0, 1, 440, 0.5).samples());
    assertThat(quality.peak()).isCloseTo(0.5, within(0.01));
    assertThat(quality.rmsDbfs()).isCloseTo(-9.03, within(0.05));
    assertThat(quality.clippedFraction()).isZero();
    assertThat(quality.silentFraction()).isZero();
  }

  @Test
  void anOverdrivenToneIsClippedAndNotRefused() {
    float[] samples = DrawnSound.quiet(1).tone(0, 1, 440, 4).samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.clamp(samples[i], -1f, 1f);
    }
    assertThat(AudioQuality.of(samples).clippedFraction()).isBetween(0.6, 0.95);
  }

  @Test
  void halfSilenceIsHalfSilent() {
    float[] samples = new float[32_000];
    System.arraycopy(
        DrawnSound.quiet(1).tone(0, 1, 300, 0.3).samples(), 0, samples, 0, 16_000);
    assertThat(AudioQuality.of(samples).silentFraction()).isCloseTo(0.5, within(0.02));
  }

  @Test
  void nothingIsSilent() {
    assertThat(AudioQuality.of(new float[0])).isEqualTo(new AudioQuality(0, -120, 0, 1));
  }
}
