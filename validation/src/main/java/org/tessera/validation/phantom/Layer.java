package org.tessera.validation.phantom;

import java.util.Arrays;

/** A picture-sized field of numbers that strokes are drawn into, in pixels. */
final class Layer {
  private final int rows;
  private final int columns;
  private final float[] values;

  Layer(int rows, int columns, float fill) {
    this.rows = rows;
    this.columns = columns;
    this.values = new float[rows * columns];
    Arrays.fill(values, fill);
  }

  /** Row by row; not copied. */
  float[] values() {
    return values;
  }

  /**
   * Keeps in each pixel the smallest distance to any point so far, in units of the radius: a bone's
   * cross-section can then be looked up by it.
   */
  void nearest(double column, double row, double radius) {
    int reach = (int) Math.ceil(radius);
    int left = Math.max(0, (int) column - reach);
    int right = Math.min(columns - 1, (int) column + reach + 1);
    int bottom = Math.min(rows - 1, (int) row + reach + 1);
    for (int y = Math.max(0, (int) row - reach); y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double squared = (x - column) * (x - column) + (y - row) * (y - row);
        if (squared < radius * radius) {
          float distance = (float) (Math.sqrt(squared) / radius);
          int at = y * columns + x;
          if (distance < values[at]) {
            values[at] = distance;
          }
        }
      }
    }
  }

  /** Keeps in each pixel the largest of the soft discs drawn so far. */
  void glow(double column, double row, double radius, double strength) {
    int reach = (int) Math.ceil(radius);
    int left = Math.max(0, (int) column - reach);
    int right = Math.min(columns - 1, (int) column + reach + 1);
    int bottom = Math.min(rows - 1, (int) row + reach + 1);
    for (int y = Math.max(0, (int) row - reach); y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double squared = (x - column) * (x - column) + (y - row) * (y - row);
        double rest = 1 - squared / (radius * radius);
        int at = y * columns + x;
        if (rest > 0 && strength * rest > values[at]) {
          values[at] = (float) (strength * rest);
        }
      }
    }
  }

  /** Adds another layer, scaled. */
  void add(Layer other, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (factor * other.values[i]);
    }
  }
}
