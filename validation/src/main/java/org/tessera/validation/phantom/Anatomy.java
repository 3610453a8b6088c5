package org.tessera.validation.phantom;

import org.tessera.casemodel.Sex;

/**
 * The soft tissue of one phantom: body outline, lungs, heart, great vessels, diaphragm, breasts, as
 * functions of body coordinates (see {@link Projection}). Densities are in arbitrary units: 0 is
 * air around the body, about 0.3 lung, about 1 the spine.
 *
 * <p>Side {@code -1} is the left of the picture, which is the patient's right.
 */
final class Anatomy {
  private static final int STEPS = 1024;

  private final double lungTop;
  private final double domeRight;
  private final double domeLeft;
  private final double heartX;
  private final double heartY;
  private final double heartWidth;
  private final double heartHeight;
  private final double knobY;
  private final double knobSize;
  private final double breast;
  private final double breastY;
  private final double air;
  private final double mediastinum;
  private final boolean stomachBubble;
  private final double vertebraPhase;
  private final double[] torso = new double[STEPS];
  private final double[] lateral = new double[STEPS];

  private Anatomy(Chance chance, PhantomCauses causes) {
    boolean lying = causes.view().equals("AP");
    lungTop = chance.between(0.09, 0.125);
    domeRight = chance.between(0.68, 0.76) - (lying ? 0.03 : 0);
    domeLeft = domeRight + chance.between(0.01, 0.035);
    heartWidth = chance.between(0.115, 0.145) * (lying ? 1.14 : 1) + 0.0003 * (causes.age() - 50);
    heartHeight = chance.between(0.15, 0.18);
    heartX = chance.between(0.03, 0.05);
    heartY = domeLeft - chance.between(0.10, 0.13);
    knobY = lungTop + chance.between(0.16, 0.20);
    knobSize = chance.between(0.035, 0.05) + 0.0002 * (causes.age() - 50);
    breast = causes.sex() == Sex.FEMALE ? chance.between(0.03, 0.12) : chance.between(0, 0.02);
    breastY = chance.between(0.56, 0.64);
    air = chance.between(0.40, 0.47) - (lying ? 0.03 : 0);
    mediastinum = chance.between(0.045, 0.06) + (lying ? 0.008 : 0);
    stomachBubble = chance.in(0.5);
    vertebraPhase = chance.between(0, 1);
    double shoulder = chance.between(0.53, 0.62);
    double waist = chance.between(0.43, 0.53);
    double lungWidth = chance.between(0.325, 0.365);
    fillOutlines(shoulder, waist, lungWidth);
  }

  static Anatomy draw(Chance chance, PhantomCauses causes) {
    return new Anatomy(chance, causes);
  }

  private void fillOutlines(double shoulder, double waist, double lungWidth) {
    for (int i = 0; i < STEPS; i++) {
      double y = (double) i / STEPS;
      double sloping = rise((y - 0.02) / 0.17);
      double tapering = rise((y - 0.30) / 0.40);
      torso[i] = 0.11 + (shoulder - 0.11) * sloping - (shoulder - waist) * tapering;
      double depth = Math.clamp((y - lungTop) / 0.45, 0, 1);
      double dome = Math.pow(1 - Math.pow(1 - depth, 2.3), 0.62);
      lateral[i] = y < lungTop ? 0 : lungWidth * dome * (0.96 + 0.04 * rise((y - 0.5) / 0.3));
    }
  }

  /** Half width of the rib cage inside, at a height. */
  double chestWall(double y) {
    return lateral[Math.clamp((int) (y * STEPS), 0, STEPS - 1)];
  }

  double lungTop() {
    return lungTop;
  }

  double dome(int side) {
    return side < 0 ? domeRight : domeLeft;
  }

  double heartX() {
    return heartX;
  }

  double heartY() {
    return heartY;
  }

  /** How much of a point is lung: 1 inside, 0 outside, soft at the edges. */
  double lung(int side, double x, double y) {
    double from = side * x;
    if (from <= 0 || y <= lungTop) {
      return 0;
    }
    double off = from - 0.15;
    double steep = Math.max(0, from - 0.24);
    double base = dome(side) + 1.3 * off * off + 6 * steep * steep;
    double medial = mediastinum - 0.005 + 0.02 * (y - lungTop);
    return rise((from - medial) / 0.022)
        * rise((chestWall(y) - from) / 0.014)
        * rise((base - y) / 0.010);
  }

  /** How much of a point is heart. */
  double heart(double x, double y) {
    double right = x < heartX ? heartWidth * 0.86 : heartWidth * (1 + 0.35 * (y - heartY) / 0.2);
    double u = (x - heartX) / right;
    double v = (y - heartY) / heartHeight;
    return rise((1 - (u * u + v * v)) / 0.22);
  }

  /** Density of soft tissue and spine at a point. */
  double density(double x, double y, double texture) {
    double half = torso[Math.clamp((int) (y * STEPS), 0, STEPS - 1)];
    double across = Math.abs(x) / half;
    double body = rise((1 - across) / 0.05);
    if (body <= 0) {
      return 0;
    }
    double depth = Math.sqrt(Math.max(0, 1 - across * across));
    double tissue = 0.40 + 0.34 * depth + 0.012 * texture;
    int side = x < 0 ? -1 : 1;
    double lung = lung(side, x, y);
    double centred = Math.abs(x) / Math.max(0.05, chestWall(y)) - 0.55;
    double heart = heart(x, y);
    double knob = knob(x, y);
    // Heart and aorta lie where lung would be: they displace most of its air.
    double aerated = lung * (1 - 0.74 * heart) * (1 - 0.7 * knob);
    double sum = tissue - aerated * (air * (1 - 0.35 * centred * centred) - 0.028 * texture);
    double middle = 0.07 * rise((mediastinum + 0.012 - Math.abs(x)) / 0.03);
    sum += Math.max(middle, Math.max(0.13 * heart, 0.08 * knob));
    sum += abdomen(side, x, y) + breasts(x, y) + spine(x, y) - trachea(x, y);
    return body * sum;
  }

  private double knob(double x, double y) {
    double u = (x - 0.045) / knobSize;
    double v = (y - knobY) / (knobSize * 1.1);
    return rise((1 - (u * u + v * v)) / 0.4);
  }

  private double trachea(double x, double y) {
    return 0.09 * rise((0.018 - Math.abs(x + 0.004)) / 0.012) * rise((knobY + 0.07 - y) / 0.05);
  }

  private double abdomen(int side, double x, double y) {
    double within = rise((chestWall(y) + 0.06 - Math.abs(x)) / 0.08);
    double below = within * rise((y - dome(side) - 0.01) / 0.08);
    if (!stomachBubble || side < 0) {
      return 0.12 * below;
    }
    double u = (x - 0.17) / 0.07;
    double v = (y - domeLeft - 0.075) / 0.035;
    return 0.12 * below - 0.16 * rise((1 - (u * u + v * v)) / 0.5);
  }

  private double breasts(double x, double y) {
    double u = (Math.abs(x) - 0.19) / 0.15;
    double v = (y - breastY) / (y > breastY ? 0.11 : 0.22);
    return breast * rise((1 - (u * u + v * v)) / 0.5);
  }

  private double spine(double x, double y) {
    double within = rise((0.038 - Math.abs(x)) / 0.012);
    double disc = Math.abs(((y * 22 + vertebraPhase) % 1) - 0.5);
    return within * (0.055 + 0.035 * rise((disc - 0.08) / 0.1));
  }

  /** Rises smoothly from 0 to 1 while its argument does. */
  static double rise(double t) {
    if (t <= 0) {
      return 0;
    }
    return t >= 1 ? 1 : t * t * (3 - 2 * t);
  }
}
