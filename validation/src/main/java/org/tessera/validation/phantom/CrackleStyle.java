package org.tessera.validation.phantom;

/**
 * How the breath of a world crackles.
 *
 * @param early where in a breath in the first crackle may fall, 0 to 1
 * @param late where the last may fall, 0 to 1
 * @param least fewest crackles of a breath
 * @param most most crackles of a breath
 * @param lowest pitch in Hz
 * @param highest pitch in Hz
 * @param shortest decay in ms
 * @param longest decay in ms
 * @param hiss loudest hiss against full scale
 * @param dull strongest tilt of a microphone towards low pitches
 * @param bright strongest tilt towards high pitches
 */
record CrackleStyle(
    double early,
    double late,
    int least,
    int most,
    double lowest,
    double highest,
    double shortest,
    double longest,
    double hiss,
    double dull,
    double bright) {
  private static final CrackleStyle FAMILIAR =
      new CrackleStyle(0.2, 0.95, 7, 16, 320, 900, 1.5, 4.5, 0.008, -0.3, 0.45);
  private static final CrackleStyle RESERVED =
      new CrackleStyle(0.35, 1.0, 5, 13, 420, 1150, 1.2, 3.6, 0.01, -0.4, 0.5);
  private static final CrackleStyle UNSEEN =
      new CrackleStyle(0.05, 0.8, 9, 18, 220, 640, 2, 6, 0.012, -0.5, 0.6);

  static CrackleStyle of(PhantomWorld world) {
    return switch (world) {
      case TRAIN -> FAMILIAR;
      case VALIDATION -> RESERVED;
      case TEST -> UNSEEN;
    };
  }
}
