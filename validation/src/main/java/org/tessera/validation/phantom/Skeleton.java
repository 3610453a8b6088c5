package org.tessera.validation.phantom;

/** Ribs, clavicles, shoulders and the vessels of the lungs, as strokes over the soft tissue. */
final class Skeleton {
  /** Below the ninth, ribs drown in the abdomen. */
  private static final int VISIBLE_RIBS = 9;

  private final Chance chance;
  private final Anatomy anatomy;
  private final Projection at;

  Skeleton(Chance chance, Anatomy anatomy, Projection at) {
    this.chance = chance;
    this.anatomy = anatomy;
    this.at = at;
  }

  /** Adds bones and vessels to the density. */
  void draw(Layer density) {
    double strength = chance.between(0.8, 1.2);
    Layer posterior = distances();
    Layer anterior = distances();
    Layer clavicles = distances();
    double spacing = (anatomy.dome(-1) - anatomy.lungTop()) / chance.between(7.4, 8.4);
    double drop = chance.between(0.03, 0.08);
    double thickness = at.columns() * at.scale() * chance.between(0.0095, 0.0125);
    for (int side = -1; side <= 1; side += 2) {
      for (int rib = 0; rib < VISIBLE_RIBS; rib++) {
        posteriorRib(posterior, side, anatomy.lungTop() + 0.02 + rib * spacing, drop, thickness);
        if (rib > 0 && rib < 7) {
          anteriorRib(anterior, side, anatomy.lungTop() + 0.07 + rib * spacing, thickness * 1.15);
        }
      }
      clavicle(clavicles, side, thickness * 1.05);
      shoulder(clavicles, anterior, side);
    }
    addBone(density, posterior, 0.095 * strength);
    addBone(density, anterior, 0.05 * strength);
    addBone(density, clavicles, 0.13 * strength);
    density.add(vessels(), 1);
  }

  private Layer distances() {
    return new Layer(at.rows(), at.columns(), 2);
  }

  private void posteriorRib(Layer layer, int side, double top, double drop, double thickness) {
    double wobble = chance.between(-0.004, 0.004);
    double start = top + wobble;
    int steps = at.columns() / 2;
    for (int i = 0; i <= steps; i++) {
      double t = (double) i / steps;
      double y = start - 0.028 * Math.sin(2.6 * t) + (drop + 0.09 * start) * t * t;
      double x = 0.03 + t * (anatomy.chestWall(y) + 0.006 - 0.03);
      mark(layer, side * x, y, thickness * (0.85 + 0.25 * t));
    }
  }

  private void anteriorRib(Layer layer, int side, double top, double thickness) {
    double slope = chance.between(0.10, 0.14);
    double reach = chance.between(0.55, 0.7);
    int steps = at.columns() / 2;
    for (int i = 0; i <= steps; i++) {
      double t = reach * i / steps;
      double y = top + slope * t + 0.03 * t * t;
      double x = (anatomy.chestWall(top) + 0.004) * (1 - t);
      mark(layer, side * x, y, thickness);
    }
  }

  private void clavicle(Layer layer, int side, double thickness) {
    double inner = anatomy.lungTop() + chance.between(0.06, 0.085);
    double rise = chance.between(0.03, 0.075);
    int steps = at.columns() / 2;
    for (int i = 0; i <= steps; i++) {
      double t = (double) i / steps;
      double y = inner - rise * t - 0.018 * Math.sin(6.2 * t);
      double swell = 1.25 - 0.35 * Math.sin(Math.PI * t);
      mark(layer, side * (0.035 + 0.34 * t), y, thickness * swell);
    }
  }

  private void shoulder(Layer arm, Layer blade, int side) {
    double radius = at.columns() * chance.between(0.05, 0.06);
    double x = chance.between(0.42, 0.45);
    double y = anatomy.lungTop() + chance.between(0.03, 0.07);
    for (int i = 0; i <= 200; i++) {
      double t = i / 200.0;
      mark(arm, side * (x + 0.02 * t), y + 0.22 * t, radius * (1 - 0.5 * Anatomy.rise(t * 3)));
    }
    double wing = chance.between(0.33, 0.37);
    for (int i = 0; i <= 200; i++) {
      double t = i / 200.0;
      mark(blade, side * (wing - 0.03 * t * t), y + 0.05 + 0.26 * t, radius * 0.16);
    }
  }

  private void mark(Layer layer, double x, double y, double radius) {
    layer.nearest(at.column(x, y), at.row(x, y), radius);
  }

  /** A tube with a dense rim: cortex around marrow. */
  private static void addBone(Layer density, Layer distances, double strength) {
    float[] sum = density.values();
    float[] distance = distances.values();
    for (int i = 0; i < sum.length; i++) {
      if (distance[i] < 1) {
        double rim = Anatomy.rise((distance[i] - 0.35) / 0.4);
        double edge = Anatomy.rise((1 - distance[i]) / 0.25);
        sum[i] += (float) (strength * edge * (0.72 + 0.28 * rim));
      }
    }
  }

  private Layer vessels() {
    Layer layer = new Layer(at.rows(), at.columns(), 0);
    double strength = chance.between(0.10, 0.15);
    for (int side = -1; side <= 1; side += 2) {
      double hilumY = anatomy.lungTop() + chance.between(0.28, 0.32);
      for (int i = 0; i < 4; i++) {
        double x = side * chance.between(0.065, 0.095);
        double y = hilumY + chance.between(-0.03, 0.06);
        layer.glow(at.column(x, y), at.row(x, y), at.columns() * 0.032, strength * 0.8);
      }
      for (int i = 0; i < 22; i++) {
        double heading = chance.between(-1.35, 1.45);
        double width = chance.between(2.6, 4.6);
        branch(layer, side, side * 0.075, hilumY + 0.01, heading, width, strength);
      }
    }
    return layer;
  }

  /** A vessel that tapers, wanders and forks; heading 0 points outward, positive downward. */
  private void branch(
      Layer layer, int side, double x, double y, double heading, double width, double strength) {
    double size = width * at.columns() / 512;
    double angle = heading;
    double bend = chance.between(-0.012, 0.012);
    double px = x;
    double py = y;
    int length = chance.whole(50, 130);
    int fork = chance.whole(18, 60);
    for (int i = 0; i < length; i++) {
      double rest = 1 - (double) i / length;
      double inside = anatomy.lung(side, px, py) * (1 - 0.8 * anatomy.heart(px, py));
      if (inside <= 0 && i > 12) {
        return;
      }
      double radius = Math.max(0.9, size * (0.25 + 0.75 * rest));
      double faded = strength * inside * (0.2 + 0.8 * rest) * Math.min(1, width / 3.2);
      layer.glow(at.column(px, py), at.row(px, py), radius, faded);
      px += side * 0.0021 * Math.cos(angle);
      py += 0.0021 * Math.sin(angle);
      angle += bend + chance.between(-0.05, 0.05);
      if (i == fork && width > 1.4) {
        branch(layer, side, px, py, angle + chance.side() * 0.5, width * 0.65, strength * 0.9);
      }
    }
  }
}
