package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A seeded source of chance with the draws that painting and writing need. */
final class Chance {
  /** What a stream of chance is spent on: one per kind of evidence, so that they never mix. */
  enum Stream {
    CAUSES,
    ANATOMY,
    OPACITY,
    MACHINE,
    FILM_NOISE,
    DEVICES,
    NOTE,
    SOUND,
    CRACKLES,
    RECORD,
    TISSUE,
    CONDITIONS
  }

  private final RandomGenerator random;

  private Chance(long seed) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** The stream of one case: nothing but the arguments decides it. */
  static Chance of(long seed, PhantomWorld world, int index, Stream stream) {
    long mixed = mix(seed);
    mixed = mix(mixed + world.ordinal());
    mixed = mix(mixed + index);
    return new Chance(mix(mixed + stream.ordinal()));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014) after one step of its sequence. */
  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A whole number from {@code low} to {@code high}, both included. */
  int whole(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean in(double probability) {
    return random.nextDouble() < probability;
  }

  double gaussian() {
    return random.nextGaussian();
  }

  /** {@code +1} or {@code -1}. */
  int side() {
    return random.nextBoolean() ? 1 : -1;
  }

  long bits() {
    return random.nextLong();
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A random order of the choices (Fisher and Yates). */
  <T> List<T> shuffled(List<T> choices) {
    List<T> mixed = new ArrayList<>(choices);
    for (int i = mixed.size() - 1; i > 0; i--) {
      T moved = mixed.set(i, mixed.get(0));
      int j = random.nextInt(i + 1);
      mixed.set(0, mixed.get(j));
      mixed.set(j, moved);
    }
    return mixed;
  }
}
