package org.tessera.dicom.result;

import org.tessera.dicom.Code;

/** Concepts of the report (PS3.16 D for DCM; 99TESSERA where the standard has none). */
final class Concepts {
  static final Code TITLE = dcm("126000", "Imaging Measurement Report");
  static final Code LANGUAGE = dcm("121049", "Language of Content Item and Descendants");
  static final Code ENGLISH = new Code("en", "RFC5646", "English");
  static final Code OBSERVER_TYPE = dcm("121005", "Observer Type");
  static final Code DEVICE = dcm("121007", "Device");
  static final Code DEVICE_UID = dcm("121012", "Device Observer UID");
  static final Code DEVICE_NAME = dcm("121013", "Device Observer Name");
  static final Code DEVICE_MANUFACTURER = dcm("121014", "Device Observer Manufacturer");
  static final Code DEVICE_MODEL = dcm("121015", "Device Observer Model Name");
  static final Code PROCEDURE = dcm("121058", "Procedure reported");
  static final Code IMAGING = new Code("363679005", "SCT", "Imaging procedure");
  static final Code LIBRARY = dcm("111028", "Image Library");
  static final Code LIBRARY_GROUP = dcm("126200", "Image Library Group");
  static final Code MODALITY = dcm("121139", "Modality");
  static final Code ROWS = dcm("110910", "Pixel Data Rows");
  static final Code COLUMNS = dcm("110911", "Pixel Data Columns");
  static final Code MEASUREMENTS = dcm("126010", "Imaging Measurements");
  static final Code GROUP = dcm("125007", "Measurement Group");
  static final Code TRACKING_ID = dcm("112039", "Tracking Identifier");
  static final Code TRACKING_UID = dcm("112040", "Tracking Unique Identifier");
  static final Code FINDING = dcm("121071", "Finding");
  static final Code REGION = dcm("111030", "Image Region");
  static final Code ALGORITHM_NAME = dcm("111001", "Algorithm Name");
  static final Code ALGORITHM_VERSION = dcm("111003", "Algorithm Version");
  static final Code ALGORITHM_PARAMETERS = dcm("111002", "Algorithm Parameters");
  static final Code CERTAINTY = dcm("111012", "Certainty of Finding");
  static final Code QUALITATIVE = new Code("C0034375", "UMLS", "Qualitative Evaluations");
  static final Code CONCLUSION = dcm("121077", "Conclusion");

  static final Code LOW = own("interval-low", "Lower bound of the interval of the probability");
  static final Code HIGH = own("interval-high", "Upper bound of the interval of the probability");
  static final Code LEVEL = own("interval-level", "Level of the interval of the probability");
  static final Code METHOD = own("interval-method", "Method of the interval of the probability");
  static final Code OPERATING_POINT =
      own("operating-point", "Counts as found from this probability on");
  static final Code SENSITIVITY = own("sensitivity", "Sensitivity at the operating point");
  static final Code SPECIFICITY = own("specificity", "Specificity at the operating point");
  static final Code MEASURED_ON = own("measured-on", "Data that the operating point rests on");
  static final Code GATE = own("gate", "Outcome of the checks");
  static final Code WEIGHT = own("region-weight", "Weight of the region within the finding");
  static final Code PLACE = own("evidence-region", "Place in other evidence than images");
  static final Code STATUS = own("status", "Status of the result");
  static final Code STATEMENT = own("statement", "What this result is and is not");
  static final Code INTENDED_USE = own("intended-use", "Intended use");
  static final Code REASON = own("reason", "Why an earlier result is replaced");
  static final Code PREDECESSOR = own("predecessor", "Seal of the result that this one replaces");
  static final Code SEAL = own("seal", "Seal of the result");
  static final Code CASE = own("case", "Identifier of the case");

  static final Code PERCENT = new Code("%", "UCUM", "Percent");
  static final Code PIXELS = new Code("{pixels}", "UCUM", "pixels");
  static final Code ONE = new Code("1", "UCUM", "no units");

  private Concepts() {}

  private static Code dcm(String value, String meaning) {
    return new Code(value, "DCM", meaning);
  }

  private static Code own(String value, String meaning) {
    return CodingSchemes.own(value, meaning);
  }
}
