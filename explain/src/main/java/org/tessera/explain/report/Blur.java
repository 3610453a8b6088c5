package org.tessera.explain.report;

/** Running means along rows and columns, in place; beyond the edge counts as the edge. */
final class Blur {
  private Blur() {}

  static void rows(float[] field, int width, int height, int radius) {
    float[] line = new float[width];
    for (int y = 0; y < height; y++) {
      mean(field, y * width, 1, line, radius);
    }
  }

  static void columns(float[] field, int width, int height, int radius) {
    float[] line = new float[height];
    for (int x = 0; x < width; x++) {
      mean(field, x, width, line, radius);
    }
  }

  private static void mean(float[] field, int start, int stride, float[] line, int radius) {
    int last = line.length - 1;
    for (int i = 0; i <= last; i++) {
      line[i] = field[start + i * stride];
    }
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      sum += line[Math.clamp(i, 0, last)];
    }
    for (int i = 0; i <= last; i++) {
      field[start + i * stride] = (float) (sum / (2 * radius + 1));
      sum += line[Math.min(i + radius + 1, last)] - line[Math.max(i - radius, 0)];
    }
  }
}
