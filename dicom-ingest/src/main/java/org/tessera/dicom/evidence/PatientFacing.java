package org.tessera.dicom.evidence;

import java.util.Locale;
import java.util.Set;
import org.tessera.casemodel.Orientation;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** How a projection radiograph lies, by Patient Orientation (PS3.3 C.7.6.1.1.1). */
final class PatientFacing {
  private static final Set<String> PROJECTIONS = Set.of("CR", "DX", "RG", "RF");

  private PatientFacing() {}

  /**
   * The orientation. Upright is a frontal image with rows towards the patient's left and columns
   * towards the feet; in lateral images only head and feet tell.
   */
  static Orientation of(Attributes image) {
    var directions = image.strings(Tag.PatientOrientation);
    String modality = image.string(Tag.Modality).orElse("").toUpperCase(Locale.ROOT);
    if (!PROJECTIONS.contains(modality) || directions.size() != 2) {
      return Orientation.UPRIGHT;
    }
    char along = main(directions.get(0));
    char down = main(directions.get(1));
    if (isVertical(down) && !isVertical(along)) {
      boolean mirrored = along == 'R';
      boolean flipped = down == 'H';
      if (mirrored) {
        return flipped ? Orientation.TURNED_180 : Orientation.MIRRORED;
      }
      return flipped ? Orientation.FLIPPED : Orientation.UPRIGHT;
    }
    if (isVertical(along) && !isVertical(down)) {
      boolean headRight = along == 'H';
      boolean rightDown = down == 'R';
      if (headRight) {
        return rightDown ? Orientation.TRANSVERSE : Orientation.TURN_COUNTERCLOCKWISE;
      }
      return rightDown ? Orientation.TURN_CLOCKWISE : Orientation.TRANSPOSED;
    }
    return Orientation.UPRIGHT;
  }

  /** The leading letter: in oblique directions the largest share comes first. */
  private static char main(String direction) {
    String text = direction.strip().toUpperCase(Locale.ROOT);
    return text.isEmpty() ? ' ' : text.charAt(0);
  }

  private static boolean isVertical(char direction) {
    return direction == 'F' || direction == 'H';
  }
}
