package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.Sex;

class SubjectTest {
  private static final String MISSING =
      "The FHIR bundle has a missing reference: its Condition is about a patient who is not in it.";

  private static String condition(String reference) {
    return """
        {"resource":{"resourceType":"Condition","id":"c1","code":{"text":"Asthma"},
         "subject":{"reference":"%s"}}}"""
        .formatted(reference);
  }

  @Test
  void aStatementAboutAPatientWhoIsNotInTheBundleIsRefused() {
    for (String reference :
        new String[] {
          "Patient/p2",
          "urn:uuid:4e8ed886-fd5f-40bb-8feb-f339b04d853a",
          "https://elsewhere.example/fhir/Patient/p1",
          "Patient?identifier=urn:oid:1.2.3|4712",
          "#contained"
        }) {
      assertThat(Records.refusal(Records.bundle(Records.PATIENT, condition(reference))))
          .isEqualTo(MISSING);
      assertThat(Records.refusal(Records.bundle(condition(reference)))).isEqualTo(MISSING);
    }
  }

  @Test
  void aStatementAboutThePatientIsAcceptedInEveryWayOfReferring() throws Exception {
    for (String reference :
        new String[] {
          "Patient/p1",
          "Patient/p1/_history/3",
          "Patient?identifier=urn:oid:1.2.3|4711",
          "Patient?identifier=urn%3Aoid%3A1.2.3%7C4711"
        }) {
      Records.Outcome outcome =
          Records.decode(Records.bundle(condition(reference), Records.PATIENT));
      assertThat(outcome.fact(Kind.CONDITION).display()).isEqualTo("Asthma");
    }
  }

  @Test
  void anAddressIsMatchedWithTheAddressOfTheEntry() throws Exception {
    String patient =
        Records.PATIENT.replaceFirst(
            "\\{", "{\"fullUrl\":\"https://here.example/fhir/Patient/p1\",");
    Records.decode(
        Records.bundle(patient, condition("https://here.example/fhir/Patient/p1")));
    assertThat(
            Records.refusal(
                Records.bundle(patient, condition("https://there.example/fhir/Patient/p1"))))
        .isEqualTo(MISSING);
  }

  @Test
  void aClaimOfAnotherPatientIsRefusedToo() {
    String claim =
        """
        {"resource":{"resourceType":"Claim","patient":{"reference":"Patient/p9"}}}""";
    assertThat(Records.refusal(Records.bundle(Records.PATIENT, claim))).contains("its Claim is");
  }

  @Test
  void aStatementAboutADeviceIsNotAboutThePatient() throws Exception {
    String device = "{\"resource\":{\"resourceType\":\"Device\",\"id\":\"d\"}}";
    String observation =
        """
        {"resource":{"resourceType":"Observation","id":"o","status":"final",
         "subject":{"reference":"Device/d"},"code":{"text":"Battery"},
         "valueQuantity":{"value":80,"unit":"%"}}}""";
    Records.Outcome outcome =
        Records.decode(Records.bundle(Records.PATIENT, device, observation));
    assertThat(outcome.facts()).noneMatch(each -> each.kind() == Kind.OBSERVATION);
  }

  @Test
  void twoPatientsAreRefused() {
    String other = Records.PATIENT.replace("p1", "p2").replace("4711", "4712");
    assertThat(Records.refusal(Records.bundle(Records.PATIENT, other)))
        .isEqualTo("The FHIR bundle holds several patients who are not the same person.");
    String sameNumberOtherBirth =
        Records.PATIENT.replace("p1", "p2").replace("1980", "1981");
    assertThat(Records.refusal(Records.bundle(Records.PATIENT, sameNumberOtherBirth)))
        .contains("several patients");
    String sameAddressOtherBirth = Records.PATIENT.replace("1980", "1981");
    assertThat(Records.refusal(Records.bundle(Records.PATIENT, sameAddressOtherBirth)))
        .contains("at the same address");
  }

  @Test
  void twoResourcesOfOnePersonAreAccepted() throws Exception {
    String again = Records.PATIENT.replace("p1", "p2");
    Records.Outcome outcome =
        Records.decode(
            Records.bundle(Records.PATIENT, again, condition("Patient/p2")));
    assertThat(outcome.fact(Kind.CONDITION).display()).isEqualTo("Asthma");
  }

  @Test
  void theIdentityIsThatOfThePatientResource() throws Exception {
    Records.Outcome outcome = Records.decode(Records.bundle(Records.PATIENT));
    PatientIdentity patient = outcome.evidence().getFirst().origin().patient().orElseThrow();
    assertThat(patient.id()).contains("4711");
    assertThat(patient.issuer()).contains("urn:oid:1.2.3");
    assertThat(patient.name()).contains("Kim, Min Ji");
    assertThat(patient.birthDate()).hasToString("Optional[1980-05-04]");
    assertThat(patient.sex()).contains(Sex.FEMALE);
  }

  @Test
  void theMedicalRecordNumberIsPreferredAmongIdentifiers() throws Exception {
    String patient =
        """
        {"resourceType":"Patient","gender":"male","identifier":[
         {"use":"old","system":"urn:a","value":"0"},
         {"use":"official","system":"urn:b","value":"1"},
         {"type":{"coding":[{"code":"MR"}]},"system":"urn:c","value":"2"}]}""";
    PatientIdentity identity =
        Records.decode(patient).evidence().getFirst().origin().patient().orElseThrow();
    assertThat(identity).isEqualTo(
        new PatientIdentity(
            Optional.of("2"),
            Optional.of("urn:c"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Sex.MALE)));
  }
}
