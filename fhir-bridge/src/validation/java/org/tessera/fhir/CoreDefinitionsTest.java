package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.Test;

/**
 * What is written, against the core definitions of R4.
 *
 * <p>Not part of the normal build (about a minute, and 90 MB of jars): {@code mvn -P
 * fhir-validation -pl fhir-bridge verify}.
 */
class CoreDefinitionsTest {
  // AIAST came into v3-ObservationValue after the release that R4 4.0.1 carries.
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
                    new DefaultProfileValidationSupport(context),
                    new CommonCodeSystemsTerminologyService(context),
                    new InMemoryTerminologyServerValidationSupport(context))));
  }

  private List<String> errors(String json) {
    return validator.validateWithResult(json).getMessages().stream()
        .filter(each -> each.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(SingleValidationMessage::getMessage)
        .toList();
  }

  @Test
  void bothWritersKeepToTheCoreDefinitions() {
    assertThat(errors("{\"resourceType\":\"Observation\",\"status\":\"odd\"}"))
        .as("a validator that finds no fault in a bad resource proves nothing")
        .isNotEmpty();
    assertThat(errors(FhirBundleWriter.write(BundleWriterTest.mixed(), BundleWriterTest.SEAL)))
        .filteredOn(each -> !each.equals(NEWER_THAN_R4))
        .isEmpty();
    assertThat(errors(RecordWriterTest.written()))
        .filteredOn(each -> !each.contains("urn:test"))
        .isEmpty();
  }
}
