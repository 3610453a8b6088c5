package org.tessera.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.DerivedPixels;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * Pixels with holes filled in from around them, see {@link Membrane}. Each hole is filled once, at
 * a resolution of its own, so that every read of it shows the same. Safe for several threads.
 */
final class InpaintedPixels implements DerivedPixels {
  /** Most cells along an edge of a filled hole. */
  private static final int CELLS = 96;

  private final PixelSource source;
  private final List<PixelRegion> holes;
  private final List<Patch> patches = new ArrayList<>();

  /**
   * @param source the pixels
   * @param holes where they are filled in
   */
  InpaintedPixels(PixelSource source, List<PixelRegion> holes) {
    this.source = source;
    this.holes = List.copyOf(holes);
  }

  /**
   * A filled hole and the cells around it.
   *
   * @param hole in source pixels
   * @param left source pixel at which the cells begin
   * @param top the same
   * @param step source pixels of a cell
   * @param cells filled
   */
  private record Patch(PixelRegion hole, int left, int top, int step, PixelTile cells) {

    /** Bilinear between the centres of cells. */
    float at(double x, double y, int channel) {
      double column = Math.clamp((x - left) / step - 0.5, 0, cells.width() - 1.0);
      double row = Math.clamp((y - top) / step - 0.5, 0, cells.height() - 1.0);
      int x0 = (int) column;
      int y0 = (int) row;
      int x1 = Math.min(x0 + 1, cells.width() - 1);
      int y1 = Math.min(y0 + 1, cells.height() - 1);
      double above = mix(cell(x0, y0, channel), cell(x1, y0, channel), column - x0);
      double below = mix(cell(x0, y1, channel), cell(x1, y1, channel), column - x0);
      return (float) mix(above, below, row - y0);
    }

    private float cell(int x, int y, int channel) {
      return cells.samples()[(y * cells.width() + x) * cells.channels() + channel];
    }

    private static double mix(double a, double b, double part) {
      return a + (b - a) * part;
    }
  }

  @Override
  public PixelSource source() {
    return source;
  }

  @Override
  public PixelTile read(PixelRegion region, double downsample) throws IOException {
    return over(source.read(region, downsample), region, downsample, filled());
  }

  private synchronized List<Patch> filled() throws IOException {
    while (patches.size() < holes.size()) {
      // What was filled before is what surrounds the next one.
      patches.add(fill(holes.get(patches.size())));
    }
    return List.copyOf(patches);
  }

  private Patch fill(PixelRegion hole) throws IOException {
    int step = (int) Math.max(1, Math.ceil(Math.max(hole.width(), hole.height()) / CELLS));
    int left = Math.max(0, (int) hole.x() - step);
    int top = Math.max(0, (int) hole.y() - step);
    int right = Math.min(source.width(), (int) Math.ceil(hole.x() + hole.width()) + step);
    int bottom = Math.min(source.height(), (int) Math.ceil(hole.y() + hole.height()) + step);
    PixelRegion around = new PixelRegion(hole.frame(), left, top, right - left, bottom - top);
    PixelTile tile = over(source.read(around, step), around, step, patches);
    boolean[] open = new boolean[tile.width() * tile.height()];
    for (int i = 0; i < open.length; i++) {
      double x = left + (i % tile.width()) * (double) step;
      double y = top + (i / tile.width()) * (double) step;
      open[i] =
          x + step > hole.x()
              && x < hole.x() + hole.width()
              && y + step > hole.y()
              && y < hole.y() + hole.height();
    }
    return new Patch(hole, left, top, step, Membrane.fill(tile, open));
  }

  private static PixelTile over(
      PixelTile tile, PixelRegion region, double downsample, List<Patch> patches) {
    float[] samples = tile.samples();
    for (Patch patch : patches) {
      PixelRegion hole = patch.hole();
      if (hole.frame() != region.frame()) {
        continue;
      }
      int firstColumn = first(hole.x() - region.x(), downsample);
      int lastColumn = last(hole.x() + hole.width() - region.x(), downsample, tile.width());
      int firstRow = first(hole.y() - region.y(), downsample);
      int lastRow = last(hole.y() + hole.height() - region.y(), downsample, tile.height());
      for (int row = firstRow; row < lastRow; row++) {
        for (int column = firstColumn; column < lastColumn; column++) {
          double x = region.x() + (column + 0.5) * downsample;
          double y = region.y() + (row + 0.5) * downsample;
          for (int channel = 0; channel < tile.channels(); channel++) {
            samples[(row * tile.width() + column) * tile.channels() + channel] =
                patch.at(x, y, channel);
          }
        }
      }
    }
    return tile;
  }

  /** The first read pixel that lies in the hole by at least half. */
  private static int first(double edge, double downsample) {
    return Math.max(0, (int) Math.ceil(edge / downsample - 0.5));
  }

  private static int last(double edge, double downsample, int most) {
    return Math.min(most, (int) Math.ceil(edge / downsample - 0.5));
  }
}
