package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.StudyReference;

/** Writes the DiagnosticReport of a case (R4 10.3). */
final class ReportWriter {
  private static final String LOINC = "http://loinc.org";
  private static final Coding IMAGING = new Coding(LOINC, "18748-4", "Diagnostic imaging study");
  private static final Coding PATHOLOGY = new Coding(LOINC, "11526-1", "Pathology study");
  private static final Coding STUDY = new Coding(LOINC, "47045-0", "Study report");
  private static final String NOTHING =
      "No finding passed every check. This is not a negative result.";

  private final CaseReport report;
  private final String seal;
  private final Optional<Instant> issued;

  ReportWriter(CaseReport report, String seal, Optional<Instant> issued) {
    this.report = report;
    this.seal = seal;
    this.issued = issued;
  }

  ObjectNode diagnosticReport(List<String> results) {
    List<Finding> supported =
        report.findings().stream()
            .filter(each -> each.status() == Finding.Status.SUPPORTED)
            .toList();
    boolean synthetic =
        report.patientCase().composed()
            || supported.stream().anyMatch(each -> FindingWriter.isSynthetic(report, each));
    ObjectNode resource = Elements.resource("DiagnosticReport");
    resource.set("meta", meta(synthetic));
    resource
        .putArray("identifier")
        .add(Elements.identifier(FhirBundleWriter.SEAL_SYSTEM, seal));
    resource.put("status", status());
    Coding code = code();
    resource.set("code", Elements.concept(code, code.display()));
    Subject.of(report).ifPresent(each -> resource.set("subject", each));
    acquired(report).ifPresent(each -> resource.put("effectiveDateTime", each.toString()));
    issued.ifPresent(each -> resource.put("issued", each.toString()));
    if (!results.isEmpty()) {
      ArrayNode result = resource.putArray("result");
      results.forEach(each -> result.add(Elements.reference(each)));
    }
    studies(resource);
    resource.put("conclusion", conclusion(supported));
    return resource;
  }

  /** R4 10.3.4: a case that was not analysed has a report that was not completed. */
  private String status() {
    return report.status() == CaseReport.Status.COMPLETED ? "preliminary" : "cancelled";
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
      // R4 9.9.2: a DICOM UID as an identifier.
      references
          .addObject()
          .put("type", "ImagingStudy")
          .set("identifier", Elements.identifier("urn:dicom:uid", "urn:oid:" + uid));
    }
  }

  private String conclusion(List<Finding> supported) {
    if (report.status() != CaseReport.Status.COMPLETED) {
      return "The case was not analysed. "
          + report.statusReason().orElse("No reason was recorded.");
    }
    Set<String> ids = supported.stream().map(Finding::id).collect(Collectors.toSet());
    String sentences =
        report.narrative().stream()
            .filter(NarrativeSentence::passed)
            .filter(each -> !each.findings().isEmpty() && ids.containsAll(each.findings()))
            .map(NarrativeSentence::sentence)
            .collect(Collectors.joining(" "));
    return supported.isEmpty()
        ? NOTHING
        : sentences.isEmpty() ? "See the results. Unread by a clinician." : sentences;
  }

  /** When the newest evidence was acquired. */
  static Optional<Instant> acquired(CaseReport report) {
    return report.patientCase().evidence().stream()
        .map(Evidence::origin)
        .flatMap(each -> each.acquired().stream())
        .max(Comparator.naturalOrder());
  }

  static ObjectNode meta(boolean synthetic) {
    ObjectNode meta = Elements.object();
    meta.putArray("security").add(Elements.coding(Labels.AI_ASSERTED));
    if (synthetic) {
      meta.putArray("tag").add(Elements.coding(Labels.SYNTHETIC));
    }
    return meta;
  }
}
