package org.tessera.validation.phantom;

/** Fractal value noise: random lattices of halving cell size, smoothly interpolated and summed. */
final class Texture {
  private Texture() {}

  /**
   * A field of about zero mean and unit deviation.
   *
   * @param cell edge of the coarsest lattice cell in pixels
   * @param octaves how often the cell is halved, from 1
   * @param persistence amplitude of an octave against the one before
   */
  static Layer fractal(
      Chance chance, int rows, int columns, double cell, int octaves, double persistence) {
    Layer sum = new Layer(rows, columns, 0);
    double amplitude = 1;
    double power = 0;
    for (int octave = 0; octave < octaves; octave++) {
      addLattice(chance, sum.values(), rows, columns, cell / (1 << octave), amplitude);
      power += amplitude * amplitude;
      amplitude *= persistence;
    }
    // Interpolation between four unit normals halves the variance on average.
    float scale = (float) (1 / Math.sqrt(0.5 * power));
    float[] values = sum.values();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return sum;
  }

  private static void addLattice(
      Chance chance, float[] values, int rows, int columns, double cell, double amplitude) {
    int across = (int) (columns / cell) + 2;
    int down = (int) (rows / cell) + 2;
    float[] lattice = new float[across * down];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) (amplitude * chance.gaussian());
    }
    for (int y = 0; y < rows; y++) {
      int row = (int) (y / cell);
      float v = smooth(y / cell - row);
      for (int x = 0; x < columns; x++) {
        double at = x / cell;
        int column = (int) at;
        float u = smooth(at - column);
        int corner = row * across + column;
        float top = lattice[corner] + u * (lattice[corner + 1] - lattice[corner]);
        int below = corner + across;
        float bottom = lattice[below] + u * (lattice[below + 1] - lattice[below]);
        values[y * columns + x] += top + v * (bottom - top);
      }
    }
  }

  private static float smooth(double t) {
    return (float) (t * t * (3 - 2 * t));
  }
}
