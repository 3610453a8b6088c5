package org.tessera.dicom.evidence;

import java.util.OptionalDouble;
import org.tessera.casemodel.FrameTimes;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** When the frames of a moving image were taken (PS3.3 C.7.6.5 and C.7.6.6). */
final class FrameTiming {
  private static final double MILLISECONDS = 1000;

  private FrameTiming() {}

  /**
   * The times by the frame time vector if it has a value for each frame and is not passed over by
   * the frame increment pointer, else by frame time, mean of the vector, cine rate, recommended
   * display frame rate; unknown without any of them.
   *
   * @param frames number of frames
   */
  static FrameTimes of(Attributes image, int frames) {
    double[] vector = image.reals(Tag.FrameTimeVector);
    OptionalDouble time = image.real(Tag.FrameTime);
    boolean even = time.isPresent() && paced(time.getAsDouble() / MILLISECONDS);
    double sum = sum(vector);
    if (vector.length == frames && paced(sum) && !(even && pointsTo(image, Tag.FrameTime))) {
      return FrameTimes.of(cumulated(vector));
    }
    if (even) {
      return FrameTimes.at(MILLISECONDS / time.getAsDouble());
    }
    if (vector.length > 1 && paced(sum / (vector.length - 1))) {
      return FrameTimes.at((vector.length - 1) / sum);
    }
    for (int tag : new int[] {Tag.CineRate, Tag.RecommendedDisplayFrameRate}) {
      OptionalDouble rate = image.real(tag);
      if (rate.isPresent() && paced(1 / rate.getAsDouble())) {
        return FrameTimes.at(rate.getAsDouble());
      }
    }
    return FrameTimes.UNKNOWN;
  }

  /** True if frames may be so many seconds apart: above 0, and no overflow. */
  private static boolean paced(double seconds) {
    return seconds > 1e-9 && seconds < 1e9;
  }

  private static boolean pointsTo(Attributes image, int tag) {
    return image.integer(Tag.FrameIncrementPointer).orElse(0) == tag;
  }

  /** Seconds from the first frame to the last; the first increment is 0 by definition. */
  private static double sum(double[] vector) {
    double sum = 0;
    for (int i = 1; i < vector.length; i++) {
      if (!(vector[i] >= 0)) {
        return Double.NaN;
      }
      sum += vector[i];
    }
    return sum / MILLISECONDS;
  }

  private static double[] cumulated(double[] vector) {
    double[] seconds = new double[vector.length];
    for (int i = 1; i < vector.length; i++) {
      seconds[i] = seconds[i - 1] + vector[i] / MILLISECONDS;
    }
    return seconds;
  }
}
