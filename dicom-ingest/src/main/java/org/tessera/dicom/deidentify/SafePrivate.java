package org.tessera.dicom.deidentify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.VR;

/**
 * Private attributes that PS3.15 table E.3.10-1 knows to be safe, by creator, group, element in its
 * block and VR: diffusion, dose, pitch, PET scaling. That is 24 of the 479 rows of its edition
 * 2026a, each compared with a transcription of that edition.
 */
final class SafePrivate {
  private static final Map<String, VR> KNOWN = new HashMap<>();

  static {
    add("Philips PET Private Group", 0x7053, 0x00, VR.DS);
    add("Philips PET Private Group", 0x7053, 0x09, VR.DS);
    add("Philips Imaging DD 001", 0x2001, 0x03, VR.FL);
    add("Philips Imaging DD 001", 0x2001, 0x04, VR.CS);
    add("SIEMENS MR HEADER", 0x0019, 0x0C, VR.IS);
    add("SIEMENS MR HEADER", 0x0019, 0x0D, VR.CS);
    add("SIEMENS MR HEADER", 0x0019, 0x0E, VR.FD);
    add("SIEMENS MR HEADER", 0x0019, 0x27, VR.FD);
    add("ELSCINT1", 0x00E1, 0x21, VR.DS);
    add("ELSCINT1", 0x01E1, 0x26, VR.CS);
    add("ELSCINT1", 0x00E1, 0x50, VR.DS);
    add("ELSCINT1", 0x01F1, 0x01, VR.CS);
    add("ELSCINT1", 0x01F1, 0x07, VR.DS);
    add("ELSCINT1", 0x01F1, 0x26, VR.DS);
    add("ELSCINT1", 0x01F1, 0x27, VR.DS);
    add("GEMS_ACQU_01", 0x0019, 0x23, VR.DS);
    add("GEMS_ACQU_01", 0x0019, 0x24, VR.DS);
    add("GEMS_ACQU_01", 0x0019, 0x27, VR.DS);
    add("GEMS_SERS_01", 0x0025, 0x07, VR.SL);
    add("GEMS_PARM_01", 0x0043, 0x27, VR.SH);
    add("GEMS_PARM_01", 0x0043, 0x39, VR.IS);
    add("GEMS_PARM_01", 0x0043, 0x6F, VR.DS);
    add("GEMS_HELIOS_01", 0x0045, 0x01, VR.SS);
    add("GEMS_HELIOS_01", 0x0045, 0x02, VR.FL);
  }

  private SafePrivate() {}

  private static void add(String creator, int group, int element, VR vr) {
    KNOWN.put(key(creator, group, element), vr);
  }

  private static String key(String creator, int group, int element) {
    return "%s|%04X|%02X".formatted(creator, group, element);
  }

  /** Where the owner of a private element is named (PS3.5 7.8.1). */
  static int creatorTag(int tag) {
    return tag & 0xFFFF0000 | (tag >>> 8 & 0xFF);
  }

  /** The VR of a private element that is known to be safe. */
  static Optional<VR> vr(int tag, Attributes dataset) {
    if ((tag & 0xFFFF) < 0x1000) {
      return Optional.empty();
    }
    return dataset
        .string(creatorTag(tag))
        .map(creator -> KNOWN.get(key(creator.strip(), tag >>> 16, tag & 0xFF)));
  }
}
