package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.StudyReference;

/** Writes the DiagnosticReport of a case (R4 10.3). */
final class ReportWriter {
  private static final String LOINC = "http://loinc.org";
  private static final Coding IMAGING = new Coding(LOINC, "18748-4", "Diagnostic imaging study");
  private static final Coding PATHOLOGY = new Coding(LOINC, "11526-1", "Pathology study");
  private static final Coding STUDY = new Coding(LOINC, "47045-0", "Study report");
  private final CaseReport report;
  private final ReportedResult result;
  private final Optional<Instant> issued;

  ReportWriter(CaseReport report, ReportedResult result, Optional<Instant> issued) {
    this.report = report;
    this.result = result;
    this.issued = issued;
  }

  ObjectNode diagnosticReport(List<String> results) {
    boolean synthetic =
        report.patientCase().composed()
            || result.findings().stream()
                .anyMatch(each -> FindingWriter.isSynthetic(report, each));
    ObjectNode resource = Elements.resource("DiagnosticReport");
    resource.set("meta", meta(Profiles.REPORT, synthetic));
    result
        .reason()
        .ifPresent(
            each ->
                Profiles.text(Profiles.extension(resource, Profiles.REPLACES), "reason", each));
    ArrayNode identifiers = resource.putArray("identifier");
    identifiers.add(Elements.identifier(FhirBundleWriter.SEAL_SYSTEM, result.seal()));
    result
        .predecessor()
        .filter(each -> !each.equals(result.seal()))
        .ifPresent(
            each ->
                identifiers.add(
                    Elements.identifier(FhirBundleWriter.SEAL_SYSTEM, each).put("use", "old")));
    if (!result.caseId().isBlank()) {
      identifiers.add(Elements.identifier(FhirBundleWriter.CASE_SYSTEM, result.caseId()));
    }
    resource.put("status", status());
    Coding code = code();
    resource.set("code", Elements.concept(code, code.display()));
    Subject.of(report).ifPresent(each -> resource.set("subject", each));
    acquired(report).ifPresent(each -> resource.put("effectiveDateTime", each.toString()));
    issued.ifPresent(each -> resource.put("issued", each.toString()));
    resource.putArray("performer").addObject().put("display", "Tessera, a model; no clinician");
    if (!results.isEmpty()) {
      ArrayNode references = resource.putArray("result");
      results.forEach(each -> references.add(Elements.reference(each)));
    }
    studies(resource);
    resource.put("conclusion", conclusion());
    return resource;
  }

  /** R4 10.3.4: a case that was not analysed has a report that was not completed. */
  private String status() {
    return report.status() == CaseReport.Status.COMPLETED
        ? result.status().wireName()
        : "cancelled";
  }

  private Coding code() {
    boolean slides = !report.patientCase().of(Modality.SLIDE).isEmpty();
    boolean images =
        !report.patientCase().of(Modality.IMAGE).isEmpty()
            || !report.patientCase().of(Modality.CINE).isEmpty();
    return images ? IMAGING : slides ? PATHOLOGY : STUDY;
  }

  private void studies(ObjectNode resource) {
    List<String> studies =
        report.patientCase().evidence().stream()
            .filter(ImageEvidence.class::isInstance)
            .map(each -> ((ImageEvidence) each).study())
            .flatMap(Optional::stream)
            .map(StudyReference::studyUid)
            .distinct()
            .toList();
    if (studies.isEmpty()) {
      return;
    }
    ArrayNode references = resource.putArray("imagingStudy");
    for (String uid : studies) {
      references.add(study(uid));
    }
  }

  /** A study by its DICOM UID (R4 9.9.2). */
  static ObjectNode study(String uid) {
    ObjectNode reference = Elements.object().put("type", "ImagingStudy");
    reference.set("identifier", Elements.identifier("urn:dicom:uid", "urn:oid:" + uid));
    return reference;
  }

  private String conclusion() {
    return report.status() == CaseReport.Status.COMPLETED
        ? result.conclusion()
        : "The case was not analysed. "
            + report.statusReason().orElse("No reason was recorded.");
  }

  /** When the newest evidence was acquired. */
  static Optional<Instant> acquired(CaseReport report) {
    return report.patientCase().evidence().stream()
        .map(Evidence::origin)
        .flatMap(each -> each.acquired().stream())
        .max(Comparator.naturalOrder());
  }

  static ObjectNode meta(String profile, boolean synthetic) {
    ObjectNode meta = Elements.object();
    meta.putArray("profile").add(profile);
    meta.putArray("security").add(Elements.coding(Labels.AI_ASSERTED));
    if (synthetic) {
      meta.putArray("tag").add(Elements.coding(Labels.SYNTHETIC));
    }
    return meta;
  }
}
