package org.tessera.explain.report;

import java.awt.image.BufferedImage;
import java.util.List;
import org.tessera.explain.report.Picture.Area;

/**
 * Weighted areas as soft heat over a picture. Colours are the upper part of the inferno map of
 * Smith and van der Walt (matplotlib, CC0), which rises evenly in lightness and so reads the same
 * with every kind of colour vision; a light contour marks half of the strongest weight.
 */
final class Heat {
  /** Weights below this part of the strongest stay clear. */
  private static final float CLEAR = 0.08f;

  /** Softness at most, as a part of the longer edge: half a token of the model's canvas. */
  private static final double WIDEST_BLUR = 0.5 / 14;

  private static final int[] INFERNO = {
    0x781c6d, 0x932667, 0xae305c, 0xc73e4c, 0xdd513a, 0xed6925, 0xf98e09, 0xfbb61a, 0xf4dd4f
  };
  private static final int CONTOUR = 0xF0FFFFFF;

  private Heat() {}

  /**
   * A weighted area.
   *
   * @param area where
   * @param weight 0 to 1
   */
  record Spot(Area area, double weight) {}

  /** A transparent picture of the spots, to be laid over an image of the same proportions. */
  static BufferedImage layer(int width, int height, List<Spot> spots) {
    float[] field = new float[width * height];
    double radius = Math.max(width, height) * WIDEST_BLUR;
    for (Spot spot : spots) {
      paint(field, width, height, spot);
      double across = Math.min(spot.area().width() * width, spot.area().height() * height);
      radius = Math.min(radius, Math.max(1, across * 0.35));
    }
    for (int pass = 0; pass < 2 && !spots.isEmpty(); pass++) {
      Blur.rows(field, width, height, (int) radius);
      Blur.columns(field, width, height, (int) radius);
    }
    return colour(field, width, height);
  }

  /** The place of the spots' weighted centre, in words. */
  static String where(List<Spot> spots) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (Spot spot : spots) {
      double mass = spot.weight() * spot.area().width() * spot.area().height();
      sum += mass;
      x += mass * (spot.area().x() + spot.area().width() / 2);
      y += mass * (spot.area().y() + spot.area().height() / 2);
    }
    return sum > 0 ? new Area(x / sum, y / sum, 0, 0).words() : "no single place";
  }

  private static void paint(float[] field, int width, int height, Spot spot) {
    int left = (int) Math.round(spot.area().x() * width);
    int right = (int) Math.round((spot.area().x() + spot.area().width()) * width);
    int top = (int) Math.round(spot.area().y() * height);
    int bottom = (int) Math.round((spot.area().y() + spot.area().height()) * height);
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
        field[y * width + x] = Math.max(field[y * width + x], (float) spot.weight());
      }
    }
  }

  private static BufferedImage colour(float[] field, int width, int height) {
    float strongest = 0;
    for (float value : field) {
      strongest = Math.max(strongest, value);
    }
    BufferedImage layer = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    if (strongest == 0) {
      return layer;
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float value = field[y * width + x] / strongest;
        boolean edge = isContour(field, width, height, x, y, strongest / 2);
        layer.setRGB(x, y, edge ? CONTOUR : argb(value));
      }
    }
    return layer;
  }

  private static boolean isContour(
      float[] field, int width, int height, int x, int y, float level) {
    int at = y * width + x;
    if (field[at] < level) {
      return false;
    }
    return x == 0
        || y == 0
        || x == width - 1
        || y == height - 1
        || field[at - 1] < level
        || field[at + 1] < level
        || field[at - width] < level
        || field[at + width] < level;
  }

  private static int argb(float value) {
    if (value < CLEAR) {
      return 0;
    }
    float place = (value - CLEAR) / (1 - CLEAR);
    int alpha = Math.round(255 * (0.08f + 0.44f * place));
    return alpha << 24 | inferno(place);
  }

  /** The colour of a weight from 0 to 1, as 0xRRGGBB. */
  static int inferno(float place) {
    float scaled = Math.clamp(place, 0f, 1f) * (INFERNO.length - 1);
    int low = Math.min((int) scaled, INFERNO.length - 2);
    float part = scaled - low;
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = INFERNO[low] >> shift & 0xFF;
      int to = INFERNO[low + 1] >> shift & 0xFF;
      colour |= Math.round(from + part * (to - from)) << shift;
    }
    return colour;
  }

  /**
   * The picture with the layer on it. Blended by hand: Java 2D may bend grey values when it draws a
   * grey image into a coloured one.
   */
  static BufferedImage over(BufferedImage picture, BufferedImage layer) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    boolean grey = picture.getRaster().getNumBands() == 1;
    BufferedImage both = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int under =
            grey ? picture.getRaster().getSample(x, y, 0) * 0x010101 : picture.getRGB(x, y);
        both.setRGB(x, y, blend(under, layer.getRGB(x, y)));
      }
    }
    return both;
  }

  private static int blend(int under, int over) {
    int alpha = over >>> 24;
    int colour = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int mixed = (under >> shift & 0xFF) * (255 - alpha) + (over >> shift & 0xFF) * alpha;
      colour |= (mixed + 127) / 255 << shift;
    }
    return colour;
  }
}
