package org.tessera.dicom.net;

/**
 * How an operation ended (PS3.7 C, PS3.4 B.2.3).
 *
 * @param code 0 is success
 * @param comment one sentence for the peer, or empty; it is cut to the 64 characters of its element
 */
public record DimseStatus(int code, String comment) {
  public static final DimseStatus SUCCESS = new DimseStatus(0x0000, "");
  static final DimseStatus SOP_CLASS_NOT_SUPPORTED = new DimseStatus(0x0122, "");
  static final DimseStatus UNRECOGNIZED_OPERATION = new DimseStatus(0x0211, "");

  /** Refused for now: nothing was stored, the peer may try again. */
  public static DimseStatus outOfResources(String comment) {
    return new DimseStatus(0xA700, comment);
  }

  /** Refused for good: the data set is not of the SOP class and instance that were announced. */
  public static DimseStatus mismatch(String comment) {
    return new DimseStatus(0xA900, comment);
  }

  /** Refused for good: the data set cannot be read. */
  public static DimseStatus cannotUnderstand(String comment) {
    return new DimseStatus(0xC000, comment);
  }

  public boolean isSuccess() {
    return code == 0;
  }
}
