package org.tessera.validation.baseline;

import java.io.IOException;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.omni.token.Canvas;

/**
 * A grey picture, stretched to a wanted size, so that the aspect ratio cannot be read from it.
 *
 * @param width columns
 * @param height rows
 * @param samples row by row, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Picture(int width, int height, float[] samples) {
  private static final int WORKING_SIDE = 256;

  /**
   * The first frame of an image, or a tile, upright.
   *
   * @throws IOException if the evidence has no pixels or they cannot be decoded
   */
  static Picture of(Evidence evidence, int width, int height) throws IOException {
    return switch (evidence) {
      case ImageEvidence image -> of(image.pixels(), image.orientation(), width, height);
      case SlideEvidence slide -> of(slide.pixels(), Orientation.UPRIGHT, width, height);
      default -> throw new IOException("The evidence is not a picture.");
    };
  }

  private static Picture of(PixelSource pixels, Orientation orientation, int width, int height)
      throws IOException {
    Canvas canvas = Canvas.of(pixels, orientation, 1, WORKING_SIDE);
    float[] samples = new float[width * height];
    double perColumn = (double) canvas.width() / width;
    double perRow = (double) canvas.height() / height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[y * width + x] =
            mean(
                canvas,
                canvas.left() + x * perColumn,
                canvas.top() + y * perRow,
                perColumn,
                perRow);
      }
    }
    return new Picture(width, height, samples);
  }

  /** Mean of the canvas pixels that a rectangle covers, each weighted by how much of it. */
  private static float mean(Canvas canvas, double left, double top, double width, double height) {
    double sum = 0;
    double area = 0;
    int bottom = (int) Math.ceil(top + height - 1e-9);
    int right = (int) Math.ceil(left + width - 1e-9);
    for (int y = (int) top; y < bottom; y++) {
      double down = Math.min(y + 1, top + height) - Math.max(y, top);
      for (int x = (int) left; x < right; x++) {
        double covered = down * (Math.min(x + 1, left + width) - Math.max(x, left));
        sum += covered * canvas.samples()[y * canvas.side() + x];
        area += covered;
      }
    }
    return (float) (sum / area);
  }

  float at(int x, int y) {
    return samples[y * width + x];
  }
}
