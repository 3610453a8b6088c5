package org.tessera.dicom.deidentify;

/** What is done with an attribute (PS3.15 E.1, action codes of table E.1-1a). */
enum Action {
  /** D: replaced by a value that means nothing and fits the VR. */
  DUMMY,
  /** Z: emptied. */
  EMPTY,
  /** X: removed. */
  REMOVE,
  /** K: kept; items of a sequence are treated by their own rows. */
  KEEP,
  /** C: what identifies is taken out of the value. */
  CLEAN,
  /** U: replaced by another UID, the same for the same UID. */
  MAP_UID;

  /**
   * The action of a cell. A compound one leaves the choice to the type that the IOD gives the
   * attribute; taken is the last alternative, which is the one for the strictest type: it is valid
   * in every IOD (a type 3 attribute may be empty or a dummy, a type 2 one may not be absent), and
   * says no more about anybody than its absence would.
   */
  static Action ofTable(String cell) {
    return switch (cell) {
      case "D", "Z/D", "X/D", "X/Z/D" -> DUMMY;
      case "Z", "X/Z" -> EMPTY;
      case "X" -> REMOVE;
      case "U", "X/Z/U*" -> MAP_UID;
      default -> throw new IllegalStateException("No action is called " + cell);
    };
  }
}
