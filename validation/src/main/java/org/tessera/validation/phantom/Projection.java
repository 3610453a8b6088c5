package org.tessera.validation.phantom;

/**
 * Where the phantom stands on the detector. Body coordinates: x from the midline in image widths,
 * positive to the right of the picture (the patient's left), y from 0 (top) to 1 (bottom) in image
 * heights.
 *
 * @param rows height of the picture in pixels
 * @param columns width of the picture in pixels
 * @param scale size of the body against the picture
 * @param shiftX displacement in pixels
 * @param shiftY displacement in pixels
 * @param sine of the angle by which the body leans
 * @param cosine of the same
 */
record Projection(
    int rows, int columns, double scale, double shiftX, double shiftY, double sine, double cosine) {

  static Projection draw(Chance chance, int rows, int columns) {
    double angle = Math.toRadians(chance.between(-3, 3));
    return new Projection(
        rows,
        columns,
        chance.between(0.93, 1.05),
        columns * chance.between(-0.02, 0.02),
        rows * chance.between(-0.02, 0.015),
        Math.sin(angle),
        Math.cos(angle));
  }

  double column(double x, double y) {
    double across = x * columns * scale;
    double down = (y - 0.5) * rows * scale;
    return columns / 2.0 + shiftX + across * cosine - down * sine;
  }

  double row(double x, double y) {
    double across = x * columns * scale;
    double down = (y - 0.5) * rows * scale;
    return rows / 2.0 + shiftY + across * sine + down * cosine;
  }

  double x(double column, double row) {
    double across = column - columns / 2.0 - shiftX;
    double down = row - rows / 2.0 - shiftY;
    return (across * cosine + down * sine) / (columns * scale);
  }

  double y(double column, double row) {
    double across = column - columns / 2.0 - shiftX;
    double down = row - rows / 2.0 - shiftY;
    return 0.5 + (down * cosine - across * sine) / (rows * scale);
  }
}
