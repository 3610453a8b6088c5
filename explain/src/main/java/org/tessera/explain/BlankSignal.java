package org.tessera.explain;

import java.util.Arrays;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.CineSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;

/**
 * Whether a signal has anything in it: a picture without contrast (between its 5th and 95th
 * percentile less than 2 % of full scale, letterbox margins left aside), a recording that stays at
 * the floor of its spectrogram.
 */
final class BlankSignal {
  private static final double LEAST_CONTRAST = 0.02;
  private static final double LEAST_ENERGY = 0.5;
  private static final int EDGE = 2;

  private BlankSignal() {}

  static boolean isBlank(Segment segment) {
    return switch (segment) {
      case ImageSegment image -> contrast(image.values(), ImageSegment.SIDE) < LEAST_CONTRAST;
      case SlideSegment slide -> contrast(slide.values(), SlideSegment.SIDE) < LEAST_CONTRAST;
      case CineSegment cine -> constant(cine.values());
      case AudioSegment audio -> loudest(audio.values()) < AudioSegment.FLOOR + LEAST_ENERGY;
      case NoteSegment note -> constant(note.values());
      case RecordSegment kept -> constant(kept.values());
    };
  }

  /** Spread of the samples within the box that is not margin, without its resampled edge. */
  private static double contrast(float[] values, int side) {
    int left = side;
    int right = -1;
    int top = side;
    int bottom = -1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != 0) {
        left = Math.min(left, i % side);
        right = Math.max(right, i % side);
        top = Math.min(top, i / side);
        bottom = Math.max(bottom, i / side);
      }
    }
    int width = right - left + 1 - 2 * EDGE;
    int height = bottom - top + 1 - 2 * EDGE;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float[] inside = new float[width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          values, (top + EDGE + y) * side + left + EDGE, inside, y * width, width);
    }
    Arrays.sort(inside);
    return inside[(int) (0.95 * (inside.length - 1))] - inside[(int) (0.05 * (inside.length - 1))];
  }

  private static double loudest(float[] values) {
    double loudest = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      loudest = Math.max(loudest, value);
    }
    return loudest;
  }

  private static boolean constant(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
