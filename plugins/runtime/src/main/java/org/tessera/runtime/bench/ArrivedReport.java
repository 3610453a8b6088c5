package org.tessera.runtime.bench;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.result.ResultReportReader;
import org.tessera.fhir.FhirResultReader;
import org.tessera.runtime.bench.PhantomStudies.Study;
import org.tessera.runtime.bench.ResultArrivals.Arrival;

/**
 * A report that is at both destinations.
 *
 * @param at when the later one had it, {@link System#nanoTime}
 * @param result what is in it
 */
record ArrivedReport(long at, ReportedResult result) {
  private static final double SAME = 1e-6;

  /**
   * Waits for the report of a study.
   *
   * @param archive none if only the record system is there
   * @throws RejectedInputException if the two have different results
   */
  static ArrivedReport await(
      ResultArrivals arrivals, Optional<ReportArchive> archive, Study study)
      throws IOException, RejectedInputException {
    Arrival transaction = arrivals.transaction();
    ReportedResult result = FhirResultReader.read(transaction.text());
    if (archive.isEmpty()) {
      return new ArrivedReport(transaction.at(), result);
    }
    while (true) {
      Arrival object = arrivals.object();
      Attributes stored =
          DicomFile.read(archive.get().file(object.text()), ParseLimits.standard()).dataset();
      // Masks and pages of the study before may still be told.
      if (stored.string(Tag.StudyInstanceUID).orElse("").equals(study.uid())
          && stored.string(Tag.SOPClassUID).orElse("").equals(UID.Comprehensive3DSRStorage)) {
        ReportedResult report = ResultReportReader.read(stored);
        if (!report.seal().equals(result.seal())) {
          throw new RejectedInputException("Archive and record system got different results.");
        }
        requireSame(report, result);
        return new ArrivedReport(Math.max(transaction.at(), object.at()), result);
      }
    }
  }

  private static Map<String, Double> findings(ReportedResult result) {
    Map<String, Double> findings = new TreeMap<>();
    for (ReportedFinding each : result.findings()) {
      findings.put(each.code().code(), each.probability().orElse(-1.0));
    }
    return findings;
  }

  /** Throws if two results of equal studies have different findings. */
  static void requireSame(ReportedResult one, ReportedResult other)
      throws RejectedInputException {
    Map<String, Double> left = findings(one);
    Map<String, Double> right = findings(other);
    boolean same =
        left.keySet().equals(right.keySet())
            && left.entrySet().stream()
                .allMatch(
                    each ->
                        Math.abs(each.getValue() - right.getOrDefault(each.getKey(), -1.0))
                            < SAME);
    if (!same) {
      throw new RejectedInputException("Equal studies gave different findings.");
    }
  }
}
