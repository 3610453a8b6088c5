package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.ReportedResult;

/** What is written, before HAPI's validator: the core definitions of R4, and our own profiles. */
@Tag("interop")
class ProfilesTest {
  /** AIAST came into v3-ObservationValue after the release that R4 4.0.1 carries. */
  private static final String NEWER_THAN_R4 =
      "Unknown code 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue#AIAST'";

  private final FhirValidator validator = validator();

  private static FhirValidator validator() {
    FhirContext context = FhirContext.forR4Cached();
    return context
        .newValidator()
        .registerValidatorModule(
            new FhirInstanceValidator(
                new ValidationSupportChain(
                    ours(context),
                    new DefaultProfileValidationSupport(context),
                    new SnapshotGeneratingValidationSupport(context),
                    new CommonCodeSystemsTerminologyService(context),
                    new InMemoryTerminologyServerValidationSupport(context))));
  }

  private static PrePopulatedValidationSupport ours(FhirContext context) {
    PrePopulatedValidationSupport ours = new PrePopulatedValidationSupport(context);
    IParser parser = context.newJsonParser();
    Profiles.structureDefinitions()
        .forEach(
            each ->
                ours.addStructureDefinition(
                    parser.parseResource(StructureDefinition.class, each)));
    return ours;
  }

  private List<String> errors(String json) {
    return validator.validateWithResult(json).getMessages().stream()
        .filter(each -> each.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(each -> each.getLocationString() + ": " + each.getMessage())
        .filter(each -> !each.contains(NEWER_THAN_R4))
        .toList();
  }

  @Test
  void everyBundleKeepsToR4AndToOurProfiles() throws Exception {
    CaseReport report = BundleWriterTest.mixed();
    ReportedResult first = ReportedResult.of(report, BundleWriterTest.SEAL);
    ReportedResult second = ReportedResult.of(report, "cd".repeat(32));
    String written = FhirBundleWriter.write(report, BundleWriterTest.SEAL);
    assertThat(errors(written)).isEmpty();
    assertThat(
            errors(
                FhirBundleWriter.write(
                    report,
                    second.amending(first.seal(), "A note came late."),
                    Optional.empty(),
                    first.findings())))
        .isEmpty();
    assertThat(
            errors(
                FhirBundleWriter.write(
                    report,
                    first.withdrawn("The note is of another patient."),
                    Optional.empty(),
                    first.findings())))
        .isEmpty();
    assertThat(
            errors(ResultAct.signed(written, ResultActTest.KIM, ResultActTest.WHEN)))
        .isEmpty();
    assertThat(
            errors(
                ResultAct.withdrawn(
                    written, ResultActTest.KIM, ResultActTest.WHEN, "It is wrong.")))
        .isEmpty();
    assertThat(errors(RecordWriterTest.written()))
        .filteredOn(each -> !each.contains("urn:test"))
        .isEmpty();
    assertThat(errors("{\"resourceType\":\"Observation\",\"status\":\"odd\"}"))
        .as("a validator that finds no fault in a bad resource proves nothing")
        .isNotEmpty();
    assertThat(errors(written.replace("\"url\" : \"kind\"", "\"url\" : \"sort\"")))
        .as("a region that breaks our own profile")
        .isNotEmpty();
  }

  /** Not by the instance validator: for a StructureDefinition it wants packages from a network. */
  @Test
  void everyProfileConstrainsItsBase() {
    FhirContext context = FhirContext.forR4Cached();
    PrePopulatedValidationSupport ours = ours(context);
    SnapshotGeneratingValidationSupport generator =
        new SnapshotGeneratingValidationSupport(context);
    ValidationSupportChain chain =
        new ValidationSupportChain(ours, new DefaultProfileValidationSupport(context), generator);
    for (String each : Profiles.structureDefinitions()) {
      StructureDefinition profile =
          context.newJsonParser().parseResource(StructureDefinition.class, each);
      StructureDefinition whole =
          (StructureDefinition)
              chain.generateSnapshot(
                  new ValidationSupportContext(chain), profile, profile.getUrl(), null, null);
      assertThat(whole.getSnapshot().getElement().size())
          .as(profile.getUrl())
          .isGreaterThan(profile.getDifferential().getElement().size());
    }
  }
}
