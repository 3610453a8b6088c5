package org.tessera.validation.phantom;

/** Turns densities into the grey levels of one machine: blur, curve, noise, shutter, markers. */
final class Film {
  /** Half width of the average that edge enhancement subtracts, in pixels. */
  static final int SHARPENING_REACH = 4;

  private final Machine machine;
  private final int rows;
  private final int columns;

  Film(Machine machine) {
    this.machine = machine;
    this.rows = machine.rows();
    this.columns = machine.columns();
  }

  /**
   * Develops a picture.
   *
   * @param density consumed
   * @param look draws exposure, shutter and markers
   * @param grain draws noise
   * @return grey levels, 0 (black) to 255 (white), row by row
   */
  byte[] develop(Layer density, String view, Chance look, Chance grain) {
    float[] values = density.values();
    for (int pass = 0; pass < machine.blur(); pass++) {
      binomial(values);
    }
    if (machine.sharpening() > 0) {
      sharpen(values);
    }
    double centre = machine.centre() + look.between(-0.03, 0.03);
    double gain = machine.gain() * look.between(0.93, 1.07);
    double black = logistic(gain * (0.02 - centre));
    double white = logistic(gain * (1.12 - centre));
    float noise = (float) (machine.noise() * look.between(0.7, 1.3));
    for (int i = 0; i < values.length; i++) {
      double shown = (logistic(gain * (values[i] - centre)) - black) / (white - black);
      values[i] = (float) shown + noise * (float) grain.gaussian();
    }
    shut(values, look);
    new Markers(rows, columns, machine.markerSize()).burn(values, machine.label(), view, look);
    byte[] samples = new byte[values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.clamp(Math.round(255 * values[i]), 0, 255);
    }
    return samples;
  }

  private static double logistic(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  private void binomial(float[] values) {
    for (int y = 0; y < rows; y++) {
      int line = y * columns;
      float before = values[line];
      for (int x = 0; x < columns - 1; x++) {
        float here = values[line + x];
        values[line + x] = 0.25f * before + 0.5f * here + 0.25f * values[line + x + 1];
        before = here;
      }
    }
    float[] above = new float[columns];
    System.arraycopy(values, 0, above, 0, columns);
    for (int y = 0; y < rows - 1; y++) {
      int line = y * columns;
      for (int x = 0; x < columns; x++) {
        float here = values[line + x];
        values[line + x] = 0.25f * above[x] + 0.5f * here + 0.25f * values[line + columns + x];
        above[x] = here;
      }
    }
  }

  private void sharpen(float[] values) {
    float[] mean = values.clone();
    for (int pass = 0; pass < SHARPENING_REACH; pass++) {
      binomial(mean);
    }
    float strength = (float) (2 * machine.sharpening());
    for (int i = 0; i < values.length; i++) {
      values[i] += strength * (values[i] - mean[i]);
    }
  }

  private void shut(float[] values, Chance look) {
    int left = margin(look, columns);
    int right = columns - margin(look, columns);
    int top = margin(look, rows);
    int bottom = rows - margin(look, rows);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        if (x < left || x >= right || y < top || y >= bottom) {
          values[y * columns + x] = (float) machine.shutter();
        }
      }
    }
  }

  private int margin(Chance look, int length) {
    double open = look.between(-0.3, 1);
    return (int) Math.round(length * machine.collimation() * Math.max(0, open));
  }
}
