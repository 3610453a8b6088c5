package org.tessera.dicom.deidentify;

/** The options of PS3.15 E.3 that can be asked for, with their codes of CID 7050 (PS3.16). */
public enum ConfidentialityOption {
  CLEAN_PIXEL_DATA("113101", "Clean Pixel Data Option", ""),
  CLEAN_GRAPHICS("113103", "Clean Graphics Option", "graphics"),
  CLEAN_STRUCTURED_CONTENT("113104", "Clean Structured Content Option", "structured"),
  CLEAN_DESCRIPTORS("113105", "Clean Descriptors Option", "descriptors"),
  RETAIN_FULL_DATES(
      "113106", "Retain Longitudinal Temporal Information Full Dates Option", "full-dates"),
  RETAIN_MODIFIED_DATES(
      "113107",
      "Retain Longitudinal Temporal Information Modified Dates Option",
      "modified-dates"),
  RETAIN_PATIENT_CHARACTERISTICS(
      "113108", "Retain Patient Characteristics Option", "characteristics"),
  RETAIN_DEVICE_IDENTITY("113109", "Retain Device Identity Option", "device"),
  RETAIN_UIDS("113110", "Retain UIDs Option", "uids"),
  RETAIN_SAFE_PRIVATE("113111", "Retain Safe Private Option", ""),
  RETAIN_INSTITUTION_IDENTITY("113112", "Retain Institution Identity Option", "institution");

  private final String code;
  private final String meaning;
  private final String column;

  ConfidentialityOption(String code, String meaning, String column) {
    this.code = code;
    this.meaning = meaning;
    this.column = column;
  }

  /** Code Value, coding scheme DCM. */
  public String code() {
    return code;
  }

  /** Code Meaning. */
  public String meaning() {
    return meaning;
  }

  /** Its name in the table's file; empty if it has no column there. */
  String column() {
    return column;
  }
}
