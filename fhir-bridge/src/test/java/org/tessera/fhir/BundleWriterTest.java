package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.TextSpan;

class BundleWriterTest {
  static final String SEAL = "ab".repeat(32);
  private static final Coding PNEUMONIA =
      new Coding(Coding.SNOMED_CT, "233604007", "Pneumonia");
  private static final Coding DRAWN = new Coding(Coding.PHANTOM, "opacity", "Drawn opacity");

  private static Finding finding(String id, Coding code, Status status) {
    return new Finding(
        id,
        code,
        OptionalDouble.of(0.8312345),
        Optional.of(new Finding.Interval(0.71, 0.91, 0.95, "sampled passes")),
        Optional.of(new Finding.OperatingPoint(0.5, 0.9, 0.8, "validation")),
        status,
        Optional.empty(),
        OptionalDouble.of(0),
        Map.of(),
        List.of(new Highlight("I1", new TextSpan(3, 12), 1)),
        Optional.of(new Explanation("occlusion", true, List.of())),
        List.of());
  }

  private static NarrativeSentence sentence(String words, boolean passed, String... findings) {
    return new NarrativeSentence(words, List.of(findings), passed, Optional.empty());
  }

  private static CaseReport report(
      CaseReport.Status status, boolean composed, List<Finding> findings) {
    PatientIdentity patient =
        PatientIdentity.of("4711", Optional.of("urn:oid:2.16.840.1.113883.4.1"));
    NoteEvidence note =
        new NoteEvidence(
            new EvidenceOrigin(
                "I1",
                "note.txt",
                "text/plain",
                "00".repeat(32),
                Optional.empty(),
                Optional.of(Instant.parse("2024-02-03T10:00:00Z")),
                Optional.of(patient)),
            () -> "A cough with fever.");
    return new CaseReport(
        new PatientCase("C1", Optional.of(patient), List.of(note), List.of(), composed),
        status,
        status == CaseReport.Status.COMPLETED
            ? Optional.empty()
            : Optional.of("Two inputs belong to different patients."),
        List.of(),
        10,
        Map.of(),
        "cd".repeat(32),
        new ModelCard(
            "Tessera",
            "1",
            Optional.of("ef".repeat(32)),
            "cpu",
            OptionalLong.of(1_000_000),
            OptionalLong.of(300_000),
            "Research only.",
            List.of("Phantoms"),
            List.of("Never tried on adults.")),
        findings,
        List.of(
            sentence("Findings fit pneumonia.", true, "F1"),
            sentence("There is a struck effusion.", false, "F1"),
            sentence("There is a withheld nodule.", true, "F2"),
            sentence("Nothing backs this.", true)),
        Map.of("model", 12.5));
  }

  static CaseReport mixed() {
    return report(
        CaseReport.Status.COMPLETED,
        false,
        List.of(
            finding("F1", PNEUMONIA, Status.SUPPORTED),
            finding("F2", new Coding("urn:t", "nodule", "Nodule"), Status.WITHHELD),
            finding("F3", new Coding("urn:t", "effusion", "Effusion"), Status.ABSTAINED),
            finding("F4", new Coding("urn:t", "fracture", "Fracture"), Status.NOT_FOUND)));
  }

  private static Bundle parsed(CaseReport report) {
    IParser parser = FhirContexts.r4().newJsonParser();
    parser.setParserErrorHandler(new StrictErrorHandler());
    return parser.parseResource(Bundle.class, FhirBundleWriter.write(report, SEAL));
  }

  private static <T> List<T> all(Bundle bundle, Class<T> type) {
    return bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void onlySupportedFindingsAndTheirSentencesLeaveTheCase() {
    Bundle bundle = parsed(mixed());
    assertThat(bundle.getType()).isEqualTo(Bundle.BundleType.TRANSACTION);
    List<Observation> observations = all(bundle, Observation.class);
    assertThat(observations).hasSize(1);
    assertThat(observations.getFirst().getCode().getCodingFirstRep().getCode())
        .isEqualTo("233604007");
    DiagnosticReport report = all(bundle, DiagnosticReport.class).getFirst();
    assertThat(report.getConclusion()).isEqualTo("Findings fit pneumonia.");
    assertThat(FhirBundleWriter.write(mixed(), SEAL).toLowerCase(Locale.ROOT))
        .doesNotContain("nodule", "effusion", "fracture", "nothing backs");
  }

  @Test
  void aFindingCarriesProbabilityIntervalPlaceAndLabels() {
    Bundle bundle = parsed(mixed());
    Observation finding = all(bundle, Observation.class).getFirst();
    assertThat(finding.getStatus()).isEqualTo(Observation.ObservationStatus.PRELIMINARY);
    assertThat(finding.getValueCodeableConcept().getText()).isEqualTo("Present");
    assertThat(finding.getSubject().getIdentifier().getValue()).isEqualTo("4711");
    assertThat(finding.getComponent()).hasSize(4);
    assertThat(finding.getComponent().get(0).getValueQuantity().getValue())
        .isEqualByComparingTo("83.1234");
    assertThat(finding.getComponent().get(1).getValueRange().getHigh().getValue())
        .isEqualByComparingTo("91");
    assertThat(finding.getComponent().get(3).getValueStringType().getValue())
        .isEqualTo("I1 (note.txt): characters 3 to 12; weight 1.00");
    assertThat(labels(finding.getMeta())).containsExactly("AIAST");
    assertThat(finding.getMeta().getTag()).isEmpty();
    Device device = all(bundle, Device.class).getFirst();
    assertThat(finding.getDevice().getReference())
        .isEqualTo(bundle.getEntryFirstRep().getFullUrl());
    assertThat(device.getIdentifierFirstRep().getValue()).isEqualTo("ef".repeat(32));
    assertThat(device.getNote()).hasSize(2);
  }

  private static List<String> labels(Meta meta) {
    return meta.getSecurity().stream().map(each -> each.getCode()).toList();
  }

  @Test
  void theReportIsPreliminarySealedAndRefersToItsResults() {
    Bundle bundle = parsed(mixed());
    DiagnosticReport report = all(bundle, DiagnosticReport.class).getFirst();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.PRELIMINARY);
    assertThat(report.getIdentifierFirstRep().getValue()).isEqualTo(SEAL);
    assertThat(report.getResultFirstRep().getReference())
        .isEqualTo(bundle.getEntry().get(1).getFullUrl())
        .startsWith("urn:uuid:");
    assertThat(labels(report.getMeta())).containsExactly("AIAST");
    assertThat(report.hasIssued()).isFalse();
  }

  @Test
  void thatNothingIsReportedIsNoNegativeResult() {
    Bundle bundle =
        parsed(
            report(
                CaseReport.Status.COMPLETED,
                false,
                List.of(finding("F4", PNEUMONIA, Status.NOT_FOUND))));
    assertThat(all(bundle, Observation.class)).isEmpty();
    assertThat(all(bundle, DiagnosticReport.class).getFirst().getConclusion())
        .isEqualTo("No finding passed every check. This is not a negative result.");
  }

  @Test
  void aStoppedCaseHasACancelledReport() {
    DiagnosticReport report =
        all(parsed(report(CaseReport.Status.STOPPED, false, List.of())), DiagnosticReport.class)
            .getFirst();
    assertThat(report.getStatus()).isEqualTo(DiagnosticReport.DiagnosticReportStatus.CANCELLED);
    assertThat(report.getConclusion())
        .isEqualTo("The case was not analysed. Two inputs belong to different patients.");
  }

  @Test
  void phantomFindingsAndComposedCasesAreTaggedAsSynthetic() {
    for (CaseReport report :
        List.of(
            report(
                CaseReport.Status.COMPLETED,
                false,
                List.of(finding("F1", DRAWN, Status.SUPPORTED))),
            report(
                CaseReport.Status.COMPLETED,
                true,
                List.of(finding("F1", PNEUMONIA, Status.SUPPORTED))))) {
      Bundle bundle = parsed(report);
      assertThat(all(bundle, Observation.class).getFirst().getMeta().getTagFirstRep().getCode())
          .isEqualTo("HTEST");
      assertThat(
              all(bundle, DiagnosticReport.class).getFirst().getMeta().getTagFirstRep().getCode())
          .isEqualTo("HTEST");
    }
  }

  @Test
  void theSameOutcomeGivesTheSameTextAndAnotherOutcomeOtherAddresses() {
    assertThat(FhirBundleWriter.write(mixed(), SEAL))
        .isEqualTo(FhirBundleWriter.write(mixed(), SEAL));
    String other = FhirBundleWriter.write(mixed(), "cd".repeat(32));
    parsed(mixed()).getEntry().stream()
        .skip(1)
        .forEach(each -> assertThat(other).doesNotContain(each.getFullUrl()));
  }

  @Test
  void ownResultsReadBackAreNoEvidence() {
    assertThat(Records.refusal(FhirBundleWriter.write(mixed(), SEAL)))
        .isEqualTo("The FHIR record says nothing about a patient that can be used.");
  }
}
