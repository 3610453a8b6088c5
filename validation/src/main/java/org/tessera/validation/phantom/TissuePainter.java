package org.tessera.validation.phantom;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.PixelRegion;

/**
 * Draws a tile of tissue as haematoxylin and eosin show it: pink ground, purple nuclei, white
 * holes. A nest of large, dark, uneven nuclei makes it atypical. Knots of small dark round cells
 * are in many tiles and mean nothing, so that neither darkness nor number decides.
 */
final class TissuePainter {
  static final int SIDE = 224;

  private final Chance chance;
  private final TissueStyle style;
  private final float[] eosin = new float[SIDE * SIDE];
  private final float[] haematoxylin = new float[SIDE * SIDE];

  TissuePainter(Chance chance, TissueStyle style) {
    this.chance = chance;
    this.style = style;
  }

  PhantomTissue paint(boolean atypia) {
    ground();
    int cells = chance.whole(70, 150);
    for (int i = 0; i < cells; i++) {
      nucleus(place(), place(), chance.between(2.6, 4.2), 0.25, chance.between(0.55, 0.85));
    }
    int knots = chance.whole(0, 3);
    for (int i = 0; i < knots; i++) {
      knot();
    }
    List<PixelRegion> nests = new ArrayList<>();
    int count = atypia ? chance.whole(1, 3) : 0;
    for (int i = 0; i < count; i++) {
      nests.add(nest());
    }
    holes();
    return new PhantomTissue(stained(), SIDE, nests);
  }

  private void ground() {
    Layer fibres = Texture.fractal(chance, SIDE, SIDE, style.fibres(), 4, 0.7);
    double strength = chance.between(0.35, 0.6);
    for (int i = 0; i < eosin.length; i++) {
      eosin[i] = (float) (strength * (1 + 0.22 * fibres.values()[i]));
      haematoxylin[i] = (float) (0.06 + 0.03 * fibres.values()[i]);
    }
  }

  /** Twenty to forty small round dark cells close together. */
  private void knot() {
    double x = place();
    double y = place();
    int cells = chance.whole(20, 40);
    for (int i = 0; i < cells; i++) {
      double dx = 14 * chance.gaussian();
      double dy = 14 * chance.gaussian();
      nucleus(x + dx, y + dy, chance.between(2.4, 3.2), 0.06, chance.between(0.9, 1.2));
    }
  }

  private PixelRegion nest() {
    double x = chance.between(34, SIDE - 34);
    double y = chance.between(34, SIDE - 34);
    int cells = chance.whole(style.fewest(), style.most());
    double left = SIDE;
    double right = 0;
    double top = SIDE;
    double bottom = 0;
    for (int i = 0; i < cells; i++) {
      double cx = Math.clamp(x + 13 * chance.gaussian(), 4, SIDE - 5);
      double cy = Math.clamp(y + 13 * chance.gaussian(), 4, SIDE - 5);
      double size = chance.between(style.smallest(), style.largest());
      nucleus(cx, cy, size, style.uneven(), chance.between(0.75, 1.25));
      double reach = size * 1.7;
      left = Math.min(left, cx - reach);
      right = Math.max(right, cx + reach);
      top = Math.min(top, cy - reach);
      bottom = Math.max(bottom, cy + reach);
    }
    int startX = (int) Math.max(0, left);
    int startY = (int) Math.max(0, top);
    int endX = (int) Math.min(SIDE, Math.ceil(right));
    int endY = (int) Math.min(SIDE, Math.ceil(bottom));
    return new PixelRegion(1, startX, startY, endX - startX, endY - startY);
  }

  /**
   * An oval.
   *
   * @param radius mean radius in pixels
   * @param uneven how far from round, 0 to 1
   * @param dark how much dye it takes
   */
  private void nucleus(double x, double y, double radius, double uneven, double dark) {
    double turn = chance.between(0, Math.PI);
    double longer = 1 + uneven * chance.between(0, 1);
    double bulge = uneven * chance.between(0, 0.5);
    double phase = chance.between(0, 6.28);
    int reach = (int) Math.ceil(radius * longer * 1.4) + 1;
    for (int py = (int) y - reach; py <= (int) y + reach; py++) {
      for (int px = (int) x - reach; px <= (int) x + reach; px++) {
        if (px < 0 || py < 0 || px >= SIDE || py >= SIDE) {
          continue;
        }
        double u = (px - x) * Math.cos(turn) + (py - y) * Math.sin(turn);
        double v = (py - y) * Math.cos(turn) - (px - x) * Math.sin(turn);
        double angle = Math.atan2(v, u);
        double rim = radius * (1 + bulge * Math.cos(3 * angle + phase));
        double distance = Math.hypot(u / longer, v * longer) / rim;
        double share = Anatomy.rise((1.12 - distance) / 0.3);
        int at = py * SIDE + px;
        haematoxylin[at] = (float) Math.max(haematoxylin[at], dark * share);
      }
    }
  }

  private void holes() {
    int count = chance.whole(0, 4);
    for (int i = 0; i < count; i++) {
      double x = place();
      double y = place();
      double radius = chance.between(5, style.widestHole());
      for (int at = 0; at < eosin.length; at++) {
        double distance = Math.hypot(at % SIDE - x, at / SIDE - y) / radius;
        if (distance < 1.1 && haematoxylin[at] < 0.3) {
          float left = (float) Anatomy.rise((distance - 0.85) / 0.25);
          eosin[at] *= left;
          haematoxylin[at] *= left;
        }
      }
    }
  }

  /** Light that passes both dyes (Beer and Lambert), with their absorption in red, green, blue. */
  private int[] stained() {
    double[] pink = {0.10 + hue(), 0.95 + hue(), 0.35 + hue()};
    double[] purple = {1.05 + hue(), 1.15 + hue(), 0.45 + hue()};
    double lamp = chance.between(232, 252);
    int[] rgb = new int[SIDE * SIDE];
    for (int i = 0; i < rgb.length; i++) {
      int packed = 0;
      double grain = 3 * chance.gaussian();
      for (int channel = 0; channel < 3; channel++) {
        double dye = pink[channel] * eosin[i] + purple[channel] * haematoxylin[i];
        long value = Math.round(lamp * Math.exp(-dye) + grain);
        packed = packed << 8 | (int) Math.clamp(value, 0L, 255L);
      }
      rgb[i] = packed;
    }
    return rgb;
  }

  private double hue() {
    return chance.between(-0.07, 0.07) + style.hue();
  }

  private double place() {
    return chance.between(0, SIDE);
  }
}
