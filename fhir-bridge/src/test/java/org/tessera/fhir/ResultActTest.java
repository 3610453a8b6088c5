package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;

/** Results signed and withdrawn, read with the strict parser of HAPI FHIR. */
class ResultActTest {
  static final Clinician KIM =
      new Clinician("Dr. Kim", Optional.of("77"), Optional.of("urn:oid:1.2.3.4.5"));
  static final Instant WHEN = Instant.parse("2026-11-30T02:03:04Z");
  private static final CaseReport REPORT = BundleWriterTest.mixed();
  private static final String WRITTEN = FhirBundleWriter.write(REPORT, BundleWriterTest.SEAL);

  private static Bundle parsed(String json) {
    return FhirContext.forR4Cached()
        .newJsonParser()
        .setParserErrorHandler(new StrictErrorHandler())
        .parseResource(Bundle.class, json);
  }

  private static <T extends Resource> List<T> all(Bundle bundle, Class<T> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void aSignedResultIsFinalAndSaysWhoSignedAndWhen() throws Exception {
    String json = ResultAct.signed(WRITTEN, KIM, WHEN);
    Bundle bundle = parsed(json);
    DiagnosticReport report = all(bundle, DiagnosticReport.class).getFirst();
    assertThat(report.getStatus().toCode()).isEqualTo("final");
    Reference interpreter = report.getResultsInterpreterFirstRep();
    assertThat(interpreter.getDisplay()).isEqualTo("Dr. Kim");
    assertThat(interpreter.getIdentifier().getSystem()).isEqualTo("urn:oid:1.2.3.4.5");
    assertThat(interpreter.getIdentifier().getValue()).isEqualTo("77");
    assertThat(report.getConclusion()).doesNotContain("Unread");
    int findings = all(parsed(WRITTEN), Observation.class).size();
    assertThat(findings).isPositive();
    assertThat(report.getResult()).hasSize(findings);
    assertThat(all(bundle, Observation.class))
        .hasSize(findings)
        .allSatisfy(
            each -> {
              assertThat(each.getStatus().toCode()).isEqualTo("final");
              assertThat(each.hasValue()).isTrue();
              assertThat(each.getMeta().getSecurityFirstRep().getCode()).isEqualTo("AIAST");
            });
    Provenance provenance = all(bundle, Provenance.class).getFirst();
    assertThat(provenance.getRecorded().toInstant()).isEqualTo(WHEN);
    assertThat(provenance.getAgentFirstRep().getWho().getDisplay()).isEqualTo("Dr. Kim");
    assertThat(provenance.getAgentFirstRep().getType().getCodingFirstRep().getCode())
        .isEqualTo("verifier");
    assertThat(provenance.getTarget()).hasSize(findings + 1);
    AuditEvent audit = all(bundle, AuditEvent.class).getFirst();
    assertThat(audit.getAgentFirstRep().getRequestor()).isTrue();
    assertThat(audit.getAgentFirstRep().getWho().getDisplay()).isEqualTo("Dr. Kim");
    assertThat(bundle.getEntry())
        .filteredOn(each -> each.getResource() instanceof DiagnosticReport)
        .allSatisfy(
            each ->
                assertThat(each.getRequest().getUrl())
                    .isEqualTo(
                        "DiagnosticReport?identifier=urn:tessera:seal|" + BundleWriterTest.SEAL));
    ReportedResult read = FhirResultReader.read(json);
    assertThat(read.status()).isEqualTo(ReportedResult.Status.FINAL);
    assertThat(read.findings())
        .isEqualTo(ReportedResult.of(REPORT, BundleWriterTest.SEAL).findings());
    assertThat(ResultAct.signed(WRITTEN, KIM, WHEN)).isEqualTo(json);
  }

  @Test
  void aWithdrawnResultSaysNothingButThatAndWhy() throws Exception {
    String why = "The images are of another patient.";
    Bundle bundle = parsed(ResultAct.withdrawn(WRITTEN, KIM, WHEN, why));
    DiagnosticReport report = all(bundle, DiagnosticReport.class).getFirst();
    assertThat(report.getStatus().toCode()).isEqualTo("entered-in-error");
    assertThat(report.getResult()).isEmpty();
    assertThat(report.getConclusion()).endsWith(why);
    assertThat(all(bundle, Observation.class))
        .hasSameSizeAs(all(parsed(WRITTEN), Observation.class))
        .allSatisfy(
            each -> {
              assertThat(each.getStatus().toCode()).isEqualTo("entered-in-error");
              assertThat(each.hasValue()).isFalse();
              assertThat(each.getComponent()).isEmpty();
            });
    Provenance provenance = all(bundle, Provenance.class).getFirst();
    assertThat(provenance.getReasonFirstRep().getText()).isEqualTo(why);
    assertThat(provenance.getActivity().getCodingFirstRep().getCode()).isEqualTo("NULLIFY");
    assertThat(provenance.getMeta().getTagFirstRep().getCode())
        .isEqualTo(BundleWriterTest.SEAL + "-withdrawn");
  }

  @Test
  void anAmendedResultLeavesWhatItReplacedAlone() throws Exception {
    ReportedResult first = ReportedResult.of(REPORT, BundleWriterTest.SEAL);
    String seal = "cd".repeat(32);
    String amended =
        FhirBundleWriter.write(
            REPORT,
            ReportedResult.of(REPORT, seal).amending(first.seal(), "A note came late."),
            Optional.empty(),
            first.findings());
    Bundle signed = parsed(ResultAct.signed(amended, KIM, WHEN));
    assertThat(all(signed, Observation.class))
        .hasSameSizeAs(first.findings())
        .allSatisfy(
            each ->
                assertThat(each.getIdentifierFirstRep().getValue()).startsWith(seal));
    assertThat(signed.getEntry())
        .filteredOn(each -> each.getResource() instanceof DiagnosticReport)
        .allSatisfy(each -> assertThat(each.getRequest().getUrl()).endsWith("|" + seal));
  }

  @Test
  void whatIsNoResultIsRefused() {
    assertThatThrownBy(() -> ResultAct.signed("{\"entry\":[]}", KIM, WHEN))
        .isInstanceOf(RejectedInputException.class);
    assertThatThrownBy(() -> ResultAct.signed("{", KIM, WHEN))
        .isInstanceOf(RejectedInputException.class);
  }
}
