package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;

/** Results read back from their bundle, amended and withdrawn. */
class ResultReaderTest {
  private static final CaseReport REPORT = BundleWriterTest.mixed();
  private static final ReportedResult FIRST = ReportedResult.of(REPORT, BundleWriterTest.SEAL);

  private static String written(ReportedResult result) {
    return FhirBundleWriter.write(REPORT, result, Optional.empty(), FIRST.findings());
  }

  private static Bundle parsed(String json) {
    IParser parser = FhirContexts.r4().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(Bundle.class, json);
  }

  @Test
  void codesRegionsProbabilitiesAndStatusAreReadBack() throws Exception {
    assertThat(FIRST.findings()).hasSize(1);
    assertThat(FhirResultReader.read(written(FIRST))).isEqualTo(FIRST);
    ReportedResult amended = FIRST.amending("ef".repeat(32), "A note came late.");
    assertThat(FhirResultReader.read(written(amended))).isEqualTo(amended);
    ReportedResult withdrawn = FIRST.withdrawn("The note is of another patient.");
    assertThat(FhirResultReader.read(written(withdrawn))).isEqualTo(withdrawn);
  }

  @Test
  void everyCreateIsConditional() {
    for (Bundle.BundleEntryComponent each : parsed(written(FIRST)).getEntry()) {
      assertThat(each.getRequest().getMethod()).isEqualTo(Bundle.HTTPVerb.POST);
      assertThat(each.getRequest().getIfNoneExist())
          .matches("(identifier|_tag)=urn:tessera:[a-z]+\\|\\S+");
    }
  }

  @Test
  void anAmendmentUpdatesTheEarlierReportAndMarksItsFindings() {
    Bundle bundle = parsed(written(FIRST.amending("ef".repeat(32), "A note came late.")));
    List<Bundle.BundleEntryComponent> updates =
        bundle.getEntry().stream()
            .filter(each -> each.getRequest().getMethod() == Bundle.HTTPVerb.PUT)
            .toList();
    assertThat(updates).hasSize(2);
    assertThat(((Observation) updates.get(0).getResource()).getStatus())
        .isEqualTo(Observation.ObservationStatus.ENTEREDINERROR);
    assertThat(updates.get(0).getRequest().getUrl())
        .isEqualTo("Observation?identifier=urn:tessera:finding|" + "ef".repeat(32) + "-F1");
    DiagnosticReport report = (DiagnosticReport) updates.get(1).getResource();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.AMENDED);
    assertThat(updates.get(1).getRequest().getUrl())
        .isEqualTo("DiagnosticReport?identifier=urn:tessera:seal|" + "ef".repeat(32));
  }

  @Test
  void aWithdrawalLeavesNoFinding() {
    Bundle bundle = parsed(written(FIRST.withdrawn("The note is of another patient.")));
    DiagnosticReport report =
        bundle.getEntry().stream()
            .map(Bundle.BundleEntryComponent::getResource)
            .filter(DiagnosticReport.class::isInstance)
            .map(DiagnosticReport.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(report.getStatus())
        .isEqualTo(DiagnosticReport.DiagnosticReportStatus.ENTEREDINERROR);
    assertThat(report.getResult()).isEmpty();
    assertThat(report.getConclusion()).contains("must not be used");
  }

  @Test
  void originAndActAreRecordedWithTheSeal() {
    Instant when = Instant.parse("2026-01-05T10:00:00Z");
    Bundle bundle =
        parsed(FhirBundleWriter.write(REPORT, BundleWriterTest.SEAL, Optional.of(when)));
    int last = bundle.getEntry().size() - 1;
    Provenance provenance = (Provenance) bundle.getEntry().get(last - 1).getResource();
    AuditEvent audit = (AuditEvent) bundle.getEntry().get(last).getResource();
    assertThat(provenance.getRecorded()).isEqualTo(when);
    assertThat(provenance.getExtensionByUrl(Profiles.SEAL).getExtensionByUrl("result").getValue()
            .primitiveValue())
        .isEqualTo(BundleWriterTest.SEAL);
    assertThat(provenance.getTarget()).hasSize(2);
    assertThat(provenance.getEntityFirstRep().getWhat().getIdentifier().getValue())
        .isEqualTo("00".repeat(32));
    assertThat(audit.getRecorded()).isEqualTo(when);
    assertThat(audit.getEntityFirstRep().getWhat().getReference())
        .isEqualTo(bundle.getEntry().get(last - 2).getFullUrl());
  }

  @Test
  void otherBundlesAreRefusedWithOneSentence() {
    for (String bad :
        List.of(
            "[",
            "{}",
            "{\"entry\":[{\"resource\":{\"resourceType\":\"DiagnosticReport\"}}]}",
            written(FIRST).replace("\"width\"", "\"breadth\"").replace("\"end\"", "\"stop\""),
            "[".repeat(2000))) {
      assertThatThrownBy(() -> FhirResultReader.read(bad))
          .isInstanceOf(RejectedInputException.class);
    }
  }
}
