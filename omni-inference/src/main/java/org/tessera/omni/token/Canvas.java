package org.tessera.omni.token;

import java.io.IOException;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

/**
 * One frame, turned upright, averaged down (or up) to a square with its aspect kept, centred, the
 * margins black; and the way back to source pixels.
 *
 * <p>Immutable but for {@link #samples()}, which is not copied.
 */
public final class Canvas {
  private final int side;
  private final int frame;
  private final Orientation orientation;
  private final int sourceWidth;
  private final int sourceHeight;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final float[] samples;

  private Canvas(PixelSource source, Orientation orientation, int frame, int side)
      throws IOException {
    this.side = side;
    this.frame = frame;
    this.orientation = orientation;
    sourceWidth = source.width();
    sourceHeight = source.height();
    double scale = (double) side / Math.max(sourceWidth, sourceHeight);
    width = Math.clamp(Math.round(uprightWidth() * scale), 1, side);
    height = Math.clamp(Math.round(uprightHeight() * scale), 1, side);
    left = (side - width) / 2;
    top = (side - height) / 2;
    samples = place(resized(source));
  }

  /**
   * Reads a frame.
   *
   * @param source the pixels; read once, at a resolution near the canvas's own
   * @param orientation how the stored pixels have to be turned
   * @param frame from 1
   * @param side edge of the canvas, in pixels, {@code >= 1}
   * @throws IOException if the pixels cannot be decoded
   */
  public static Canvas of(PixelSource source, Orientation orientation, int frame, int side)
      throws IOException {
    if (frame < 1 || frame > source.frames() || side < 1) {
      throw new IllegalArgumentException("No frame %d, or no side %d".formatted(frame, side));
    }
    return new Canvas(source, orientation, frame, side);
  }

  /** Edge of the square, in pixels. */
  public int side() {
    return side;
  }

  /** (side, side) grey samples from 0 to 1, row by row. */
  public float[] samples() {
    return samples;
  }

  /** First column of the picture; what is left of it is margin. */
  public int left() {
    return left;
  }

  /** First row of the picture; what is above it is margin. */
  public int top() {
    return top;
  }

  /** Columns of the picture within the canvas. */
  public int width() {
    return width;
  }

  /** Rows of the picture within the canvas. */
  public int height() {
    return height;
  }

  /**
   * The source pixels of a rectangle of the canvas, clipped to the picture. A rectangle that lies
   * wholly in a margin gives the line of pixels at the border next to it.
   *
   * @param x left edge on the canvas, in canvas pixels
   * @param y top edge
   * @param w width, {@code > 0}
   * @param h height, {@code > 0}
   */
  public PixelRegion toSource(double x, double y, double w, double h) {
    double[] across = clipped(x, w, left, width, uprightWidth());
    double[] down = clipped(y, h, top, height, uprightHeight());
    double x0 = orientation.storedX(across[0], down[0], sourceWidth);
    double x1 = orientation.storedX(across[1], down[1], sourceWidth);
    double y0 = orientation.storedY(across[0], down[0], sourceHeight);
    double y1 = orientation.storedY(across[1], down[1], sourceHeight);
    return new PixelRegion(
        frame, Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
  }

  private static double[] clipped(double at, double size, int margin, int length, int source) {
    double perPixel = (double) source / length;
    double start = Math.clamp((at - margin) * perPixel, 0, source);
    double end = Math.clamp((at + size - margin) * perPixel, 0, source);
    if (end - start < 1e-9) {
      start = Math.min(start, source - 1.0);
      end = start + 1;
    }
    return new double[] {start, end};
  }

  private int uprightWidth() {
    return orientation.swapsAxes() ? sourceHeight : sourceWidth;
  }

  private int uprightHeight() {
    return orientation.swapsAxes() ? sourceWidth : sourceHeight;
  }

  /** The picture in stored orientation, at the canvas's resolution. */
  private Grey resized(PixelSource source) throws IOException {
    int downsample = Math.max(1, Math.max(sourceWidth, sourceHeight) / (2 * side));
    PixelTile tile =
        source.read(new PixelRegion(frame, 0, 0, sourceWidth, sourceHeight), downsample);
    int columns = orientation.swapsAxes() ? height : width;
    int rows = orientation.swapsAxes() ? width : height;
    return Grey.of(tile)
        .resized(
            columns,
            rows,
            (double) sourceWidth / downsample / columns,
            (double) sourceHeight / downsample / rows);
  }

  private float[] place(Grey stored) {
    float[] placed = new float[side * side];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int storedX = (int) orientation.storedX(x + 0.5, y + 0.5, stored.width());
        int storedY = (int) orientation.storedY(x + 0.5, y + 0.5, stored.height());
        placed[(top + y) * side + left + x] = stored.at(storedX, storedY);
      }
    }
    return placed;
  }
}
