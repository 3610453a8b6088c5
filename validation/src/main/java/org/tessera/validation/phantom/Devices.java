package org.tessera.validation.phantom;

/** Things on or in the phantom that are no opacities: electrodes, lines, tubes, a pacemaker. */
final class Devices {
  private final Chance chance;
  private final Anatomy anatomy;
  private final Projection at;

  Devices(Chance chance, Anatomy anatomy, Projection at) {
    this.chance = chance;
    this.anatomy = anatomy;
    this.at = at;
  }

  /** Adds what this phantom carries to the density. */
  void draw(Layer density, boolean lying, boolean pacemaker) {
    Layer layer = new Layer(at.rows(), at.columns(), 0);
    if (chance.in(lying ? 0.55 : 0.12)) {
      electrodes(layer);
    }
    if (chance.in(lying ? 0.4 : 0.06)) {
      line(layer);
    }
    if (chance.in(lying ? 0.3 : 0)) {
      tube(layer);
    }
    if (pacemaker) {
      pacemaker(layer);
    }
    if (chance.in(0.25)) {
      buttons(layer);
    }
    density.add(layer, 1);
  }

  private void electrodes(Layer layer) {
    int count = chance.whole(2, 4);
    for (int i = 0; i < count; i++) {
      int side = i % 2 == 0 ? 1 : -1;
      double x = side * chance.between(0.12, 0.34);
      double y = chance.between(0.2, 0.75);
      disc(layer, x, y, 0.008, 0.35);
      double bend = chance.between(-0.2, 0.2);
      for (int step = 0; step < 700; step++) {
        double t = step / 700.0;
        double px = x + (side * 0.5 - x) * t * t + bend * t * (1 - t);
        disc(layer, px, y + (1.05 - y) * t, 0.0022, 0.16);
      }
    }
  }

  private void line(Layer layer) {
    int side = chance.side();
    for (int step = 0; step < 500; step++) {
      double t = step / 500.0;
      double x = side * 0.2 * (1 - t) * (1 - t) - 0.03 * t;
      double y = anatomy.lungTop() - 0.06 + 0.12 * Math.sin(1.6 * t) + 0.26 * t * t;
      disc(layer, x, y, 0.0025, 0.15);
    }
  }

  private void tube(Layer layer) {
    double end = anatomy.lungTop() + chance.between(0.14, 0.2);
    for (int step = 0; step < 300; step++) {
      double y = end * step / 300.0;
      disc(layer, -0.011, y, 0.0022, 0.12);
      disc(layer, 0.006, y, 0.0022, 0.12);
    }
  }

  private void pacemaker(Layer layer) {
    int side = chance.in(0.85) ? 1 : -1;
    double x = side * chance.between(0.25, 0.31);
    double y = chance.between(0.2, 0.27);
    for (int step = 0; step < 40; step++) {
      disc(layer, x + 0.03 * (step / 40.0 - 0.5), y, 0.030, 0.8);
    }
    for (int step = 0; step < 700; step++) {
      double t = step / 700.0;
      double px = x + (anatomy.heartX() - x) * t - side * 0.10 * Math.sin(Math.PI * t);
      double py = y + (anatomy.heartY() + 0.05 - y) * t - 0.08 * Math.sin(Math.PI * t);
      disc(layer, px, py, 0.003, 0.3);
    }
  }

  private void buttons(Layer layer) {
    int count = chance.whole(1, 3);
    for (int i = 0; i < count; i++) {
      disc(layer, chance.between(-0.35, 0.35), chance.between(0.15, 0.9), 0.006, 0.22);
    }
  }

  private void disc(Layer layer, double x, double y, double radius, double strength) {
    layer.glow(at.column(x, y), at.row(x, y), Math.max(1.1, radius * at.columns()), strength);
  }
}
