package org.tessera.dicom.deidentify;

import java.util.Optional;
import org.tessera.dicom.VR;

/** Values that mean nothing, by VR (PS3.15 E.1, action D). */
final class Dummy {
  static final String TEXT = "REMOVED";

  private Dummy() {}

  /** The dummy of a text VR; empty for VRs that are not text. */
  static Optional<String> text(VR vr) {
    return switch (vr) {
      case AE, CS, LO, LT, PN, SH, ST, UC, UT -> Optional.of(TEXT);
      case AS -> Optional.of("000Y");
      case DA -> Optional.of("19000101");
      case DT -> Optional.of("19000101000000");
      case TM -> Optional.of("000000");
      case DS, IS -> Optional.of("0");
      case UR -> Optional.of("urn:removed");
      default -> Optional.empty();
    };
  }
}
