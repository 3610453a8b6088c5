package org.tessera.explain;

import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;

/**
 * A picture as a slightly softer lens would have taken it: every sample is the mean of its 3 x 3
 * neighbourhood. What a person sees stays; what was put between single samples to mislead the model
 * does not.
 */
final class Softening {
  private Softening() {}

  /** True for pictures. */
  static boolean applies(Segment segment) {
    return segment instanceof ImageSegment || segment instanceof SlideSegment;
  }

  /** The segment softened; others as they are. */
  static Segment of(Segment segment) {
    return switch (segment) {
      case ImageSegment image ->
          new ImageSegment(
              image.evidence(), image.tokens(), softened(image.values(), ImageSegment.SIDE));
      case SlideSegment slide ->
          new SlideSegment(
              slide.evidence(), slide.tokens(), softened(slide.values(), SlideSegment.SIDE));
      default -> segment;
    };
  }

  private static float[] softened(float[] values, int side) {
    float[] soft = new float[values.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        float sum = 0;
        int count = 0;
        for (int row = Math.max(0, y - 1); row <= Math.min(side - 1, y + 1); row++) {
          for (int column = Math.max(0, x - 1); column <= Math.min(side - 1, x + 1); column++) {
            sum += values[row * side + column];
            count++;
          }
        }
        soft[y * side + x] = sum / count;
      }
    }
    return soft;
  }
}
