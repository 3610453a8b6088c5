package org.tessera.dicom.net;

import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

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

  /** As an answer says it; one that says nothing is a failure. */
  static DimseStatus of(Attributes command) {
    return new DimseStatus(
        command.integer(Tag.Status).orElse(0xC000) & 0xFFFF,
        command.string(Tag.ErrorComment).orElse(""));
  }

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

  /** Refused for now: there is too much of it (PS3.7 C.5.25). */
  public static DimseStatus resourceLimitation(String comment) {
    return new DimseStatus(0x0213, comment);
  }

  /** Refused for now: something of ours does not work (PS3.7 C.5.21). */
  public static DimseStatus processingFailure(String comment) {
    return new DimseStatus(0x0110, comment);
  }

  public boolean isSuccess() {
    return code == 0;
  }

  /** True if it was done, with a remark (PS3.7 C.4). */
  public boolean isWarning() {
    return code >> 12 == 0xB || code == 0x0001 || code == 0x0107 || code == 0x0116;
  }
}
