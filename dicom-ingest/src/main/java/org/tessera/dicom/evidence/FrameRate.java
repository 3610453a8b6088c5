package org.tessera.dicom.evidence;

import java.util.OptionalDouble;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** Frames per second of a moving image (PS3.3 C.7.6.5). */
final class FrameRate {
  private static final double MILLISECONDS = 1000;

  private FrameRate() {}

  /** The rate by frame time, mean of the frame time vector, or cine rate; above 0. */
  static OptionalDouble of(Attributes image) {
    OptionalDouble time = image.real(Tag.FrameTime);
    if (time.isPresent() && time.getAsDouble() > 0) {
      return OptionalDouble.of(MILLISECONDS / time.getAsDouble());
    }
    double[] vector = image.reals(Tag.FrameTimeVector);
    double sum = 0;
    for (int i = 1; i < vector.length; i++) {
      sum += vector[i];
    }
    if (sum > 0) {
      return OptionalDouble.of(MILLISECONDS * (vector.length - 1) / sum);
    }
    for (int tag : new int[] {Tag.CineRate, Tag.RecommendedDisplayFrameRate}) {
      OptionalDouble rate = image.real(tag);
      if (rate.isPresent() && rate.getAsDouble() > 0) {
        return rate;
      }
    }
    return OptionalDouble.empty();
  }
}
