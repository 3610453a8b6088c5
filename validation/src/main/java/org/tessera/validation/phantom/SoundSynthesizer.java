package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.TimeInterval;

/**
 * Breathing, coughs and noises as a microphone on the chest might record them, with crackles while
 * breathing in where the airways are diseased: short damped oscillations of 2 to 15 ms, as Forgacs
 * (1978) describes them.
 */
final class SoundSynthesizer {
  private static final int RATE = AudioSource.SAMPLE_RATE;

  /** A crackle is drawn for so many of its decay times. */
  private static final int RING = 6;

  private final Chance chance;
  private final Chance crackleChance;
  private final CrackleStyle style;
  private final PhantomConditions conditions;
  private final float[] samples;
  private final double breathLoudness;

  /**
   * Prepares one recording.
   *
   * @param chance draws everything but the crackles
   * @param crackleChance draws the crackles
   * @param style how crackles and microphones of the world sound
   * @param conditions noise, and hum of the mains where that goes with crackles
   */
  SoundSynthesizer(
      Chance chance, Chance crackleChance, CrackleStyle style, PhantomConditions conditions) {
    this.chance = chance;
    this.crackleChance = crackleChance;
    this.style = style;
    this.conditions = conditions;
    this.samples = new float[(int) (RATE * chance.between(3, 6))];
    this.breathLoudness = chance.between(0.05, 0.12);
  }

  /**
   * Synthesizes the recording.
   *
   * @param coughs at most so many
   */
  Sound record(boolean crackles, int coughs) {
    List<TimeInterval> heard = new ArrayList<>();
    double period = chance.between(1.5, 2.6);
    double start = -chance.between(0, 0.5 * period);
    double seconds = (double) samples.length / RATE;
    int left = coughs;
    while (start < seconds) {
      double breath = period * chance.between(0.9, 1.1);
      double turn = start + breath * chance.between(0.38, 0.48);
      breathe(start, turn, chance.between(700, 1300), breathLoudness);
      breathe(turn, start + breath, chance.between(350, 700), breathLoudness * 0.6);
      if (chance.in(0.12)) {
        wheeze(turn, start + breath);
      }
      boolean last = start + breath >= seconds;
      if (left > 0 && (last || chance.in(0.5))) {
        cough(Math.min(turn + 0.1 * breath, seconds - 0.5));
        left--;
      }
      if (crackles) {
        crackle(Math.max(0, start), Math.min(seconds, turn), heard);
      }
      start += breath;
    }
    knocks();
    room(crackles);
    return new Sound(finish(), heard);
  }

  private void breathe(double from, double to, double cutoff, double loudness) {
    double low = 0;
    double lower = 0;
    double high = 0;
    double smoothing = 1 - Math.exp(-2 * Math.PI * cutoff / RATE);
    int first = (int) (from * RATE);
    int last = (int) (to * RATE);
    for (int i = first; i < last; i++) {
      double envelope = Math.sin(Math.PI * (i - first) / (last - first));
      low += smoothing * (chance.gaussian() - low);
      lower += smoothing * (low - lower);
      high += 0.05 * (lower - high);
      add(i, loudness * envelope * envelope * 2.2 * (lower - high));
    }
  }

  private void cough(double at) {
    double length = chance.between(0.25, 0.45);
    double loudness = chance.between(0.4, 0.9);
    double voice = chance.between(180, 420);
    int first = (int) (at * RATE);
    int last = (int) ((at + length) * RATE);
    double low = 0;
    for (int i = first; i < last; i++) {
      double t = (double) (i - first) / RATE;
      double burst = Math.exp(-t / 0.03) + 0.45 * Math.exp(-t / 0.14);
      double rise = Math.min(1, t / 0.004) * (1 - t / length);
      low += 0.55 * (chance.gaussian() - low);
      double voiced = 0.3 * Math.sin(2 * Math.PI * voice * t) * Math.exp(-t / 0.2);
      add(i, loudness * rise * (0.5 * burst * low + voiced * burst));
    }
  }

  private void wheeze(double from, double to) {
    double pitch = chance.between(250, 600);
    double loudness = breathLoudness * chance.between(0.4, 1);
    int first = (int) (from * RATE);
    int last = (int) (to * RATE);
    for (int i = first; i < last; i++) {
      double t = (double) (i - first) / RATE;
      double envelope = Math.sin(Math.PI * (i - first) / (last - first));
      double phase = 2 * Math.PI * (pitch * t + 1.5 * Math.sin(2 * Math.PI * 4 * t));
      add(i, loudness * envelope * Math.sin(phase));
    }
  }

  /** Crackles within one inspiration; the stretch from the first to the last is the truth. */
  private void crackle(double from, double to, List<TimeInterval> heard) {
    if (to - from < 0.3) {
      return;
    }
    int count = crackleChance.whole(style.least(), style.most());
    double first = to;
    double last = from;
    for (int i = 0; i < count; i++) {
      double at = from + (to - from) * crackleChance.between(style.early(), style.late());
      double pitch = crackleChance.between(style.lowest(), style.highest());
      double decay = crackleChance.between(style.shortest(), style.longest());
      double loudness = breathLoudness * crackleChance.between(4, 9);
      ring(at, pitch, decay / 1000, loudness);
      first = Math.min(first, at);
      last = Math.max(last, at + RING * decay / 1000);
    }
    heard.add(new TimeInterval(first, Math.min(last, (double) samples.length / RATE)));
  }

  private void ring(double at, double pitch, double decay, double loudness) {
    int first = (int) (at * RATE);
    for (int i = 0; i < (int) (RING * decay * RATE); i++) {
      double t = (double) i / RATE;
      double envelope = (1 - Math.exp(-t / 0.0004)) * Math.exp(-t / decay);
      add(first + i, loudness * envelope * Math.sin(2 * Math.PI * pitch * t));
    }
  }

  /** A hand on the microphone: single thumps, no crackles. */
  private void knocks() {
    int count = chance.in(0.5) ? chance.whole(1, 3) : 0;
    for (int i = 0; i < count; i++) {
      double at = chance.between(0, (double) samples.length / RATE);
      double loudness = chance.between(0.1, 0.4);
      double pitch = chance.between(40, 130);
      int first = (int) (at * RATE);
      for (int j = 0; j < RATE / 8; j++) {
        double t = (double) j / RATE;
        add(first + j, loudness * Math.exp(-t / 0.02) * Math.sin(2 * Math.PI * pitch * t));
      }
    }
  }

  /** Mains hum, heart beats and the noise of the amplifier. */
  private void room(boolean crackles) {
    double mains = chance.in(0.5) ? 50 : 60;
    double loud = chance.between(0.001, 0.012);
    double hum = conditions.confounded() ? (crackles ? loud : 0) : chance.in(0.5) ? loud : 0;
    double hiss = Math.exp(chance.between(Math.log(0.0008), Math.log(style.hiss())));
    hiss *= conditions.noisy() ? 6 : 1;
    double heart = chance.between(0, 0.08);
    double beat = chance.between(0.65, 1.1);
    for (int i = 0; i < samples.length; i++) {
      double t = (double) i / RATE;
      double since = t % beat;
      double thump = Math.exp(-since / 0.03) * Math.sin(2 * Math.PI * 45 * since);
      double wave = Math.sin(2 * Math.PI * mains * t) + 0.4 * Math.sin(6 * Math.PI * mains * t);
      add(i, hum * wave + hiss * chance.gaussian() + heart * thump);
    }
  }

  private void add(int at, double value) {
    if (at >= 0 && at < samples.length) {
      samples[at] += (float) value;
    }
  }

  /** The microphone's tilt, the recording level, and 16 bits. */
  private float[] finish() {
    double tilt = chance.between(style.dull(), style.bright());
    float before = 0;
    float peak = 1e-6f;
    for (int i = 0; i < samples.length; i++) {
      float here = samples[i];
      samples[i] = (float) (here - tilt * before);
      before = here;
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    double level = chance.between(0.3, 0.95) / peak;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.round(samples[i] * level * 32767) / 32768f;
    }
    return samples;
  }
}
