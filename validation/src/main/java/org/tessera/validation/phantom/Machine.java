package org.tessera.validation.phantom;

import java.util.List;

/**
 * The look that a manufacturer's processing gives a radiograph.
 *
 * @param name made up
 * @param columns width of the picture
 * @param rows height of the picture
 * @param gain slope of the characteristic curve
 * @param centre density that is shown mid-grey
 * @param blur passes of a 3 x 3 binomial filter
 * @param sharpening strength of the edge enhancement, 0 for none
 * @param noise standard deviation against full scale
 * @param collimation widest shutter, as a fraction of the width
 * @param shutter grey of the area outside the shutter, 0 to 1
 * @param markerSize pixels of a marker's dot
 * @param label what is burned in beside the side marker
 * @param inverted how often pictures are stored as MONOCHROME1
 */
record Machine(
    String name,
    int columns,
    int rows,
    double gain,
    double centre,
    int blur,
    double sharpening,
    double noise,
    double collimation,
    double shutter,
    int markerSize,
    String label,
    double inverted) {
  private static final List<Machine> FAMILIAR =
      List.of(
          new Machine("aurora", 512, 512, 4.6, 0.52, 1, 0, 0.012, 0.03, 0, 3, "", 0),
          new Machine("basalt", 480, 560, 5.4, 0.56, 2, 0, 0.020, 0.00, 0, 2, "PA", 0.25),
          new Machine("cirrus", 512, 512, 3.9, 0.48, 2, 0, 0.008, 0.05, 0.02, 4, "", 0),
          new Machine("dune", 560, 480, 6.0, 0.54, 1, 0.4, 0.016, 0.02, 0, 2, "CHEST", 0.1),
          new Machine("ember", 512, 576, 4.9, 0.45, 3, 0, 0.028, 0.04, 0.05, 3, "", 0.4),
          new Machine("flint", 544, 544, 5.0, 0.60, 2, 0.3, 0.010, 0.00, 0, 2, "CR", 0));
  private static final List<Machine> RESERVED =
      List.of(
          new Machine("jasper", 504, 536, 4.8, 0.53, 2, 0.5, 0.017, 0.025, 0.03, 3, "DR", 0.3),
          new Machine("krill", 552, 528, 6.3, 0.51, 3, 0, 0.009, 0.04, 0, 2, "", 0),
          new Machine("loess", 488, 520, 4.1, 0.54, 1, 0.25, 0.024, 0.015, 0.06, 4, "BED", 0.1));
  private static final List<Machine> UNSEEN =
      List.of(
          new Machine("gale", 528, 528, 5.7, 0.50, 1, 0.55, 0.022, 0.035, 0.01, 3, "DX", 0.2),
          new Machine("heath", 496, 592, 4.3, 0.57, 3, 0.2, 0.013, 0.01, 0, 2, "", 0),
          new Machine("isle", 576, 512, 5.1, 0.50, 2, 0, 0.025, 0.045, 0.08, 4, "GRID", 0.15));

  static Machine draw(Chance chance, PhantomWorld world) {
    return chance.of(all(world));
  }

  /** All machines of a world, always in the same order. */
  static List<Machine> all(PhantomWorld world) {
    return switch (world) {
      case TRAIN -> FAMILIAR;
      case VALIDATION -> RESERVED;
      case TEST -> UNSEEN;
    };
  }

  /** The same look from a third of the dose or so. */
  Machine noisier() {
    return new Machine(
        name, columns, rows, gain, centre, blur, sharpening, 3 * noise + 0.03, collimation,
        shutter, markerSize, label, inverted);
  }

  /** How far a change of one pixel's density can be seen, in pixels. */
  int spread() {
    return blur + (sharpening > 0 ? Film.SHARPENING_REACH : 0);
  }
}
