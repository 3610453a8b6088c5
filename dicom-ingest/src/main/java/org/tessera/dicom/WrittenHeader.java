package org.tessera.dicom;

/**
 * How the header of an element stood in its file: kept so that an unchanged file can be written
 * back byte for byte.
 *
 * @param form which fields it had
 * @param letters the two bytes of the VR as written; 0 where there were none
 */
public record WrittenHeader(Form form, int letters) {

  /** The fields of a header (PS3.5 7.1). */
  public enum Form {
    /** As the VR and the transfer syntax demand. */
    REGULAR,
    /** Tag and 32-bit length. */
    IMPLICIT,
    /** Tag, VR, 16-bit length. */
    SHORT,
    /** Tag, VR, two reserved bytes, 32-bit length. */
    LONG
  }

  static final WrittenHeader REGULAR = new WrittenHeader(Form.REGULAR, 0);
  static final WrittenHeader IMPLICIT = new WrittenHeader(Form.IMPLICIT, 0);

  boolean isRegular() {
    return form == Form.REGULAR;
  }

  int length() {
    return form == Form.LONG ? 12 : 8;
  }

  /** The header found, or the regular one if that is what its VR gives. */
  static WrittenHeader of(Form form, int letters, VR vr) {
    Form usual = vr.longHeader() ? Form.LONG : Form.SHORT;
    return form == usual && letters == vr.letters()
        ? REGULAR
        : new WrittenHeader(form, letters);
  }
}
