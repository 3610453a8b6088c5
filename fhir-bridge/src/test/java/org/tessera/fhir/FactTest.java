package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;

class FactTest {

  private static RecordFact only(Kind kind, String... entries) throws Exception {
    List<String> all = new ArrayList<>(List.of(entries));
    all.addFirst(Records.PATIENT);
    return Records.decode(Records.bundle(all.toArray(String[]::new))).fact(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "active,confirmed,PRESENT",
    "recurrence,,PRESENT",
    "resolved,confirmed,HISTORICAL",
    "inactive,,HISTORICAL",
    "remission,confirmed,HISTORICAL",
    "active,provisional,UNCERTAIN",
    "active,differential,UNCERTAIN",
    "active,unconfirmed,UNCERTAIN",
    ",refuted,ABSENT",
    ",,PRESENT"
  })
  void theStatusOfAConditionBecomesItsAssertion(
      @Nullable String clinical, @Nullable String verification, Assertion expected)
      throws Exception {
    RecordFact fact =
        only(
            Kind.CONDITION,
            Records.entry("Condition", "c", status("clinicalStatus", clinical)
                + status("verificationStatus", verification)
                + "\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\","
                + "\"code\":\"233604007\",\"display\":\"Pneumonia\"}]}"));
    assertThat(fact.assertion()).isEqualTo(expected);
    assertThat(fact.entry()).isEqualTo(new RecordEntry("Condition/c", "code"));
    assertThat(fact.display()).isEqualTo("Pneumonia");
    assertThat(fact.code().orElseThrow().code()).isEqualTo("233604007");
  }

  private static String status(String name, @Nullable String code) {
    return code == null
        ? ""
        : "\"%s\":{\"coding\":[{\"code\":\"%s\"}]},".formatted(name, code);
  }

  @Test
  void whatWasEnteredInErrorIsNotRead() throws Exception {
    String wrong =
        Records.entry(
            "Condition",
            "c",
            status("verificationStatus", "entered-in-error") + "\"code\":{\"text\":\"Cancer\"}");
    String observation =
        Records.entry(
            "Observation",
            "o",
            "\"status\":\"entered-in-error\",\"code\":{\"text\":\"x\"},\"valueInteger\":1");
    assertThat(Records.decode(Records.bundle(Records.PATIENT, wrong, observation)).facts())
        .extracting(RecordFact::kind)
        .containsExactly(Kind.SEX);
  }

  @Test
  void whatArtificialIntelligenceAssertedIsNotReadBackAsEvidence() throws Exception {
    String own =
        Records.entry(
            "Observation",
            "o",
            """
            "meta":{"security":[{"system":
             "http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"AIAST"}]},
            "status":"preliminary","code":{"text":"Pneumonia"},"valueBoolean":true""");
    assertThat(Records.decode(Records.bundle(Records.PATIENT, own)).facts())
        .noneMatch(each -> each.kind() == Kind.OBSERVATION);
  }

  @Test
  void aMeasurementKeepsItsUnitAndTime() throws Exception {
    RecordFact fact =
        only(
            Kind.OBSERVATION,
            Records.entry(
                "Observation",
                "o",
                """
                "status":"final","effectiveDateTime":"2024-02-03T10:00:00+09:00",
                "code":{"coding":[{"system":"http://loinc.org","code":"8310-5"}],
                        "text":"Body temperature"},
                "valueQuantity":{"value":38.4,"unit":"degC","code":"Cel",
                                 "system":"http://unitsofmeasure.org"}"""));
    assertThat(fact.value()).hasValue(38.4);
    assertThat(fact.unit()).contains("Cel");
    assertThat(fact.time()).contains(Instant.parse("2024-02-03T01:00:00Z"));
    assertThat(fact.entry().path()).isEqualTo("valueQuantity");
  }

  @Test
  void aComparisonIsNotTakenForAMeasurement() throws Exception {
    RecordFact fact =
        only(
            Kind.OBSERVATION,
            Records.entry(
                "Observation",
                "o",
                """
                "status":"final","code":{"text":"CRP"},
                "valueQuantity":{"value":5,"comparator":"<","unit":"mg/L"}"""));
    assertThat(fact.value()).isEmpty();
    assertThat(fact.display()).isEqualTo("CRP: < 5.0 mg/L");
  }

  @Test
  void aCodedAnswerStandsInTheWordsAndADenialMakesTheFactAbsent() throws Exception {
    RecordFact fact =
        only(
            Kind.OBSERVATION,
            Records.entry(
                "Observation",
                "o",
                """
                "status":"final","code":{"text":"SARS-CoV-2 RNA"},
                "valueCodeableConcept":{"text":"Not detected",
                  "coding":[{"system":"http://snomed.info/sct","code":"260415000"}]}"""));
    assertThat(fact.display()).isEqualTo("SARS-CoV-2 RNA: Not detected");
    assertThat(fact.assertion()).isEqualTo(Assertion.ABSENT);
  }

  @Test
  void componentsBecomeFactsOfTheirOwn() throws Exception {
    String pressure =
        Records.entry(
            "Observation",
            "bp",
            """
            "status":"final","code":{"text":"Blood pressure"},"component":[
             {"code":{"text":"Systolic"},"valueQuantity":{"value":120,"unit":"mmHg"}},
             {"code":{"text":"Diastolic"},"valueQuantity":{"value":80,"unit":"mmHg"}}]""");
    assertThat(Records.decode(Records.bundle(Records.PATIENT, pressure)).facts())
        .filteredOn(each -> each.kind() == Kind.OBSERVATION)
        .extracting(each -> each.entry().path(), RecordFact::display)
        .containsExactly(
            tuple("component[0].valueQuantity", "Systolic"),
            tuple("component[1].valueQuantity", "Diastolic"));
  }

  @Test
  void medicationAllergyAndReportAreRead() throws Exception {
    assertThat(
            only(
                    Kind.MEDICATION,
                    "{\"resource\":{\"resourceType\":\"Medication\",\"id\":\"m\","
                        + "\"code\":{\"text\":\"Amoxicillin\"}}}",
                    Records.entry(
                        "MedicationRequest",
                        "r",
                        "\"status\":\"stopped\",\"intent\":\"order\","
                            + "\"medicationReference\":{\"reference\":\"Medication/m\"}"))
                .display())
        .isEqualTo("Amoxicillin");
    String none =
        """
        {"resource":{"resourceType":"AllergyIntolerance","id":"a",
         "patient":{"reference":"Patient/p1"},"code":{"text":"No known allergy",
          "coding":[{"system":"http://snomed.info/sct","code":"716186003"}]}}}""";
    assertThat(only(Kind.ALLERGY, none).assertion()).isEqualTo(Assertion.ABSENT);
    RecordFact report =
        only(
            Kind.REPORT,
            Records.entry(
                "DiagnosticReport",
                "d",
                "\"status\":\"preliminary\",\"code\":{\"text\":\"Chest X-ray\"},"
                    + "\"conclusion\":\"No consolidation.\""));
    assertThat(report.display()).isEqualTo("Chest X-ray: No consolidation.");
    assertThat(report.assertion()).isEqualTo(Assertion.UNCERTAIN);
  }

  @Test
  void theAgeIsThatAtTheGivenTimeElseAtTheLatestDateOfTheRecord() throws Exception {
    String condition =
        Records.entry(
            "Condition", "c", "\"code\":{\"text\":\"x\"},\"onsetDateTime\":\"2000-05-03\"");
    String json = Records.bundle(Records.PATIENT, condition);
    assertThat(Records.decode(json).fact(Kind.AGE).value()).hasValue(19);
    assertThat(
            Records.decode(json, Optional.of(Instant.parse("2020-05-04T00:00:00Z")))
                .fact(Kind.AGE)
                .value())
        .hasValue(40);
    assertThat(
            Records.decode(json, Optional.of(Instant.parse("1980-12-04T00:00:00Z")))
                .fact(Kind.AGE)
                .display())
        .isEqualTo("7 months old");
    assertThat(Records.decode(json, Optional.of(Instant.parse("1979-12-04T00:00:00Z"))).facts())
        .noneMatch(each -> each.kind() == Kind.AGE);
  }

  @Test
  void atMost512FactsAreKeptAndTheNewestObservationOfEachCode() throws Exception {
    List<String> entries = new ArrayList<>(List.of(Records.PATIENT));
    for (int i = 0; i < 700; i++) {
      entries.add(observation("n" + i, "code " + i, "2001-01-01"));
    }
    entries.add(observation("new", "code 0", "2020-01-01"));
    entries.add(observation("old", "code 0", "1999-01-01"));
    entries.add(Records.entry("Condition", "c", "\"code\":{\"text\":\"Asthma\"}"));
    List<RecordFact> facts =
        Records.decode(Records.bundle(entries.toArray(String[]::new))).facts();
    assertThat(facts).hasSize(512);
    assertThat(facts.get(0).kind()).isEqualTo(Kind.AGE);
    assertThat(facts.get(1).kind()).isEqualTo(Kind.SEX);
    assertThat(facts.getLast().display()).isEqualTo("Asthma");
    assertThat(facts)
        .filteredOn(each -> each.display().equals("code 0"))
        .extracting(each -> each.entry().resource())
        .containsExactly("Observation/new");
  }

  private static String observation(String id, String code, String date) {
    return Records.entry(
        "Observation",
        id,
        "\"status\":\"final\",\"code\":{\"text\":\"%s\"},\"effectiveDateTime\":\"%s\","
                .formatted(code, date)
            + "\"valueInteger\":1");
  }

  @Test
  void xmlGivesTheSameFactsAsJson() throws Exception {
    String xml =
        """
        <Bundle xmlns="http://hl7.org/fhir"><type value="collection"/>
         <entry><resource><Patient><id value="p1"/><gender value="female"/>
          <birthDate value="1980-05-04"/></Patient></resource></entry>
         <entry><resource><Observation><id value="o"/><status value="final"/>
          <code><text value="Heart rate"/></code><subject><reference value="Patient/p1"/></subject>
          <effectiveDateTime value="2020-05-04"/>
          <valueQuantity><value value="72.5"/><unit value="/min"/></valueQuantity>
         </Observation></resource></entry></Bundle>""";
    Records.Outcome outcome =
        Records.decode(Records.content("application/fhir+xml", xml), Optional.empty());
    assertThat(outcome.fact(Kind.OBSERVATION).value()).hasValue(72.5);
    assertThat(outcome.fact(Kind.AGE).value()).hasValue(40);
    assertThat(outcome.fact(Kind.SEX).display()).isEqualTo("female");
  }
}
