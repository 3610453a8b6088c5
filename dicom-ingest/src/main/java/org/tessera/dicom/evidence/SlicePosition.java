package org.tessera.dicom.evidence;

import java.util.OptionalDouble;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** Where a slice lies among those of its volume (PS3.3 C.7.6.2.1.1). */
final class SlicePosition {
  private SlicePosition() {}

  /**
   * Millimetres along the normal of the plane that rows and columns span; the instance number of an
   * image without position and orientation.
   */
  static OptionalDouble of(Attributes image) {
    double[] position = image.reals(Tag.ImagePositionPatient);
    double[] axes = image.reals(Tag.ImageOrientationPatient);
    if (position.length != 3 || axes.length != 6) {
      return image.integer(Tag.InstanceNumber).stream().asDoubleStream().findFirst();
    }
    double along = 0;
    for (int i = 0; i < 3; i++) {
      int next = (i + 1) % 3;
      int last = (i + 2) % 3;
      along += position[i] * (axes[next] * axes[3 + last] - axes[last] * axes[3 + next]);
    }
    return Double.isFinite(along) ? OptionalDouble.of(along) : OptionalDouble.empty();
  }
}
