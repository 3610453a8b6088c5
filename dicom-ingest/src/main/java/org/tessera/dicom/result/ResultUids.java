package org.tessera.dicom.result;

import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.ReportedResult.Status;
import org.tessera.dicom.UidDictionary;

/** UIDs of result objects, made of the seal, so that a repeat is the same object. */
public final class ResultUids {
  private ResultUids() {}

  /** SOP Instance UID of the report of a sealed result. */
  public static String report(String seal) {
    return UidDictionary.derived("tessera report " + seal);
  }

  /** Series of the report of a sealed result. */
  public static String reportSeries(String seal) {
    return UidDictionary.derived("tessera report series " + seal);
  }

  static String of(ReportedResult result) {
    return result.status() == Status.ENTERED_IN_ERROR
        ? object("withdrawal", result.seal())
        : report(result.seal());
  }

  static String seriesOf(ReportedResult result) {
    return result.status() == Status.ENTERED_IN_ERROR
        ? object("withdrawal series", result.seal())
        : reportSeries(result.seal());
  }

  static String finding(String seal, String id) {
    return UidDictionary.derived("tessera finding " + seal + " " + id);
  }

  static String object(String kind, String seal) {
    return UidDictionary.derived("tessera " + kind + " " + seal);
  }
}
