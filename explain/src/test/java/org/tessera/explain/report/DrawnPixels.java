package org.tessera.explain.report;

import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/** Pixels computed from a formula over the unit square. */
abstract class DrawnPixels implements PixelSource {
  private final int width;
  private final int height;

  DrawnPixels(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** Grey from 0 to 1 at a place of the unit square. */
  abstract float grey(double x, double y);

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int frames() {
    return 1;
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) {
    int columns = (int) Math.ceil(region.width() / downsample);
    int rows = (int) Math.ceil(region.height() / downsample);
    float[] samples = new float[columns * rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        double px = (region.x() + (x + 0.5) * downsample) / width;
        double py = (region.y() + (y + 0.5) * downsample) / height;
        samples[y * columns + x] = Math.clamp(grey(px, py), 0f, 1f);
      }
    }
    return new PixelTile(columns, rows, 1, samples);
  }

  /** A soft ellipse: 1 inside, 0 outside; {@code edge} says how steep. */
  static double bump(
      double x, double y, double cx, double cy, double rx, double ry, double edge) {
    double square = Math.pow((x - cx) / rx, 2) + Math.pow((y - cy) / ry, 2);
    return Math.exp(-Math.pow(square, edge) * 0.7);
  }

  static double noise(double x, double y) {
    double wave = Math.sin(x * 12989.8 + y * 78233.1) * 43758.5453;
    return (wave - Math.floor(wave) - 0.5) * 0.03;
  }
}
