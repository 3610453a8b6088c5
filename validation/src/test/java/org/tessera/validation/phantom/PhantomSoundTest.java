package org.tessera.validation.phantom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.TimeInterval;

class PhantomSoundTest {
  private static final int RATE = 16_000;
  private static final int CASES = 24;

  @ParameterizedTest
  @EnumSource
  void cracklesAreHeardInTheirSecondsAndNowhereElse(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(17, world);
    for (int index = 0; index < CASES; index++) {
      Sound with = generator.sound(index, true);
      Sound without = generator.sound(index, false);
      assertThat(with.crackles()).as("case %s", index).isNotEmpty();
      assertThat(without.crackles()).isEmpty();
      assertThat(with.samples()).hasSameSizeAs(without.samples());
      double level = level(with, without);
      double outside = 0;
      double inside = 0;
      for (int i = 0; i < with.samples().length; i++) {
        double added = Math.abs(with.samples()[i] - level * without.samples()[i]);
        if (heard(with.crackles(), i)) {
          inside = Math.max(inside, added);
        } else {
          outside = Math.max(outside, added);
        }
      }
      assertThat(outside).as("case %s", index).isLessThan(4.0 / 32768);
      assertThat(inside).as("case %s", index).isGreaterThan(0.02);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordingsLastThreeToSixSecondsAndDoNotClip(PhantomWorld world) {
    PhantomGenerator generator = new PhantomGenerator(18, world);
    for (int index = 0; index < CASES; index++) {
      float[] samples = generator.sound(index, index % 2 == 0).samples();
      assertThat((double) samples.length / RATE).isBetween(2.99, 6.0);
      float peak = 0;
      for (float sample : samples) {
        peak = Math.max(peak, Math.abs(sample));
      }
      assertThat(peak).isBetween(0.29f, 0.96f);
    }
  }

  /** The recording level differs with the loudest sample: least squares away from the crackles. */
  private static double level(Sound with, Sound without) {
    double product = 0;
    double square = 0;
    for (int i = 0; i < with.samples().length; i++) {
      if (!heard(with.crackles(), i)) {
        product += with.samples()[i] * without.samples()[i];
        square += without.samples()[i] * without.samples()[i];
      }
    }
    return product / square;
  }

  private static boolean heard(List<TimeInterval> crackles, int sample) {
    double at = (double) sample / RATE;
    double margin = 0.0005;
    return crackles.stream()
        .anyMatch(each -> at >= each.start() - margin && at < each.end() + margin);
  }
}
