package org.tessera.validation.phantom;

/**
 * How the tissue of a world looks.
 *
 * @param fibres coarsest grain of the ground in pixels
 * @param fewest cells of a nest
 * @param most cells of a nest
 * @param smallest mean radius of an atypical nucleus in pixels
 * @param largest mean radius in pixels
 * @param uneven how far such a nucleus is from round, 0 to 1
 * @param widestHole radius in pixels
 * @param hue shift of every dye's absorption
 */
record TissueStyle(
    int fibres,
    int fewest,
    int most,
    double smallest,
    double largest,
    double uneven,
    double widestHole,
    double hue) {
  private static final TissueStyle FAMILIAR = new TissueStyle(40, 8, 16, 5, 8, 0.45, 17, 0);
  private static final TissueStyle RESERVED = new TissueStyle(54, 7, 13, 5.2, 7.4, 0.6, 13, -0.03);
  private static final TissueStyle UNSEEN = new TissueStyle(26, 6, 12, 5.4, 9, 0.3, 24, 0.04);

  static TissueStyle of(PhantomWorld world) {
    return switch (world) {
      case TRAIN -> FAMILIAR;
      case VALIDATION -> RESERVED;
      case TEST -> UNSEEN;
    };
  }
}
