package org.tessera.validation.phantom;

import java.util.Optional;

/**
 * One soft-edged opacity, in pixels of the picture.
 *
 * @param column centre
 * @param row centre
 * @param radius of the reach in pixels: beyond it nothing is drawn
 * @param stretch height over width
 * @param shape how the reach varies with direction
 * @param density added at the centre
 */
@SuppressWarnings("ArrayRecordComponent")
record Opacity(
    double column, double row, double radius, double stretch, double[] shape, double density) {
  private static final int DIRECTIONS = 64;

  /**
   * Draws an opacity that lies inside a lung and beside the heart.
   *
   * @param world has shapes of its own
   * @return empty if no place was found
   */
  static Optional<Opacity> draw(Chance chance, Anatomy anatomy, Projection at, PhantomWorld world) {
    double diameter = at.columns() * chance.between(0.07, 0.18);
    double stretch = chance.between(0.75, 1.3);
    double[] shape =
        switch (world) {
          case TRAIN -> rounded(chance);
          case VALIDATION -> pointed(chance);
          case TEST -> lobed(chance);
        };
    double density = chance.between(0.17, 0.26);
    for (int attempt = 0; attempt < 400; attempt++) {
      double shrunk = diameter * Math.max(0.45, 1 - attempt / 400.0);
      int side = chance.side();
      double x = side * chance.between(0.07, 0.32);
      double y = chance.between(anatomy.lungTop() + 0.05, anatomy.dome(side));
      if (fits(anatomy, at, side, x, y, shrunk, stretch)) {
        return Optional.of(
            new Opacity(at.column(x, y), at.row(x, y), shrunk / 2, stretch, shape, density));
      }
    }
    return Optional.empty();
  }

  private static boolean fits(
      Anatomy anatomy, Projection at, int side, double x, double y, double size, double stretch) {
    double across = 0.42 * size / at.columns();
    double down = 0.42 * size * stretch / at.rows();
    for (int i = 0; i < 8; i++) {
      double px = x + across * Math.cos(i * Math.PI / 4);
      double py = y + down * Math.sin(i * Math.PI / 4);
      if (anatomy.lung(side, px, py) < 0.5 || anatomy.heart(px, py) > 0.3) {
        return false;
      }
    }
    return anatomy.lung(side, x, y) > 0.9;
  }

  /** Two and three gentle bulges. */
  private static double[] rounded(Chance chance) {
    double[] shape = new double[DIRECTIONS];
    double two = chance.between(0, 0.12);
    double three = chance.between(0, 0.10);
    double turn = chance.between(0, 6.28);
    double other = chance.between(0, 6.28);
    for (int i = 0; i < DIRECTIONS; i++) {
      double angle = 2 * Math.PI * i / DIRECTIONS;
      double bulges = two * (1 + Math.cos(2 * angle + turn));
      shape[i] = 1 - bulges - three * (1 + Math.cos(3 * angle + other));
    }
    return shape;
  }

  /** A drop: full on one side, drawn out to the other. */
  private static double[] pointed(Chance chance) {
    double[] shape = new double[DIRECTIONS];
    double turn = chance.between(0, 6.28);
    double narrow = chance.between(0.1, 0.3);
    for (int i = 0; i < DIRECTIONS; i++) {
      double angle = 2 * Math.PI * i / DIRECTIONS;
      double towards = Math.cos((angle + turn) / 2);
      shape[i] = 1 - narrow * (1 - towards * towards * towards * towards);
    }
    return shape;
  }

  /** Four to six lobes of uneven size. */
  private static double[] lobed(Chance chance) {
    double[] shape = new double[DIRECTIONS];
    int lobes = chance.whole(4, 6);
    double turn = chance.between(0, 6.28);
    double lean = chance.between(0, 6.28);
    for (int i = 0; i < DIRECTIONS; i++) {
      double angle = 2 * Math.PI * i / DIRECTIONS;
      double ripple = Math.abs(Math.cos(lobes * angle / 2 + turn));
      shape[i] = 0.66 + 0.22 * ripple + 0.12 * Math.cos(angle + lean);
    }
    return shape;
  }

  /** How much of the opacity a pixel shows: 1 at the centre, exactly 0 beyond the reach. */
  double share(int x, int y) {
    double u = (x - column) / radius;
    double v = (y - row) / (radius * stretch);
    double distance = Math.sqrt(u * u + v * v);
    if (distance >= 1) {
      return 0;
    }
    double direction = Math.atan2(v, u) / (2 * Math.PI) + 1;
    double place = direction * DIRECTIONS;
    int step = (int) place;
    double part = place - step;
    double reach =
        shape[step % DIRECTIONS] * (1 - part) + shape[(step + 1) % DIRECTIONS] * part;
    return Anatomy.rise((1 - distance / reach) / 0.55);
  }
}
