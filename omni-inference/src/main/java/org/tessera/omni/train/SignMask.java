package org.tessera.omni.train;

import java.util.List;
import java.util.function.DoublePredicate;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.Canvas;
import org.tessera.omni.token.ImageSegment;

/**
 * Where a phantom's evidence shows a sign, so finely that it can be cropped and turned with the
 * samples.
 *
 * @param cells true on the sign: (64, 64) cells of a canvas, or one per frame of a recording
 */
@SuppressWarnings("ArrayRecordComponent")
record SignMask(boolean[] cells) {
  private static final int CELL = 4;
  private static final int CELLS = Example.CANVAS / CELL;
  private static final double HOP_SECONDS = 0.01;
  private static final int POINTS = 4;
  private static final double MOSTLY = 0.5;

  /**
   * Regions of a picture.
   *
   * @param canvas of edge {@link Example#CANVAS}
   * @param regions in source pixels
   */
  static SignMask of(Canvas canvas, List<PixelRegion> regions) {
    boolean[] cells = new boolean[CELLS * CELLS];
    for (int i = 0; i < cells.length && !regions.isEmpty(); i++) {
      PixelRegion source =
          canvas.toSource(i % CELLS * (double) CELL, i / CELLS * (double) CELL, CELL, CELL);
      double x = source.x() + source.width() / 2;
      double y = source.y() + source.height() / 2;
      cells[i] = regions.stream().anyMatch(each -> holds(each, x, y));
    }
    return new SignMask(cells);
  }

  private static boolean holds(PixelRegion region, double x, double y) {
    return x >= region.x()
        && x < region.x() + region.width()
        && y >= region.y()
        && y < region.y() + region.height();
  }

  /** Intervals of a recording of so many frames. */
  static SignMask of(int frames, List<TimeInterval> intervals) {
    DoublePredicate sounds =
        time -> intervals.stream().anyMatch(each -> time >= each.start() && time < each.end());
    boolean[] cells = new boolean[frames];
    for (int frame = 0; frame < frames; frame++) {
      cells[frame] = sounds.test((frame + 0.5) * HOP_SECONDS);
    }
    return new SignMask(cells);
  }

  /**
   * The patches of a crop that show the sign.
   *
   * @param grid patches along an edge
   * @return as in {@link org.tessera.omni.model.TokenMarks}
   */
  float[] of(Augmentation.Crop crop, int grid) {
    double patch = (double) ImageSegment.SIDE / grid;
    float[] marks = new float[grid * grid];
    for (int token = 0; token < marks.length; token++) {
      int on = 0;
      for (int point = 0; point < POINTS * POINTS; point++) {
        double x = (token % grid + (point % POINTS + 0.5) / POINTS) * patch - 0.5;
        double y = (token / grid + (point / POINTS + 0.5) / POINTS) * patch - 0.5;
        int column = (int) Math.floor(crop.canvasX(x, y) / CELL);
        int row = (int) Math.floor(crop.canvasY(x, y) / CELL);
        boolean inside = column >= 0 && row >= 0 && column < CELLS && row < CELLS;
        on += inside && cells[row * CELLS + column] ? 1 : 0;
      }
      marks[token] = mark((double) on / (POINTS * POINTS));
    }
    return marks;
  }

  /** The tokens of a piece of the recording that sound the sign. */
  float[] of(Augmentation.Piece piece) {
    int frames = AudioSegment.FRAMES_PER_TOKEN;
    float[] marks = new float[piece.length() / frames];
    for (int token = 0; token < marks.length; token++) {
      int on = 0;
      for (int frame = 0; frame < frames; frame++) {
        int at = piece.start() + token * frames + frame;
        on += at < cells.length && cells[at] ? 1 : 0;
      }
      marks[token] = mark((double) on / frames);
    }
    return marks;
  }

  private static float mark(double share) {
    return share == 0 ? 0 : share >= MOSTLY ? 1 : Float.NaN;
  }
}
