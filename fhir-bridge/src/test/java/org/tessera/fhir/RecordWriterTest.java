package org.tessera.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.Sex;

class RecordWriterTest {
  private static final Instant TIME = Instant.parse("2024-02-03T10:00:00Z");
  private static final PatientIdentity PATIENT =
      new PatientIdentity(
          Optional.of("4711"),
          Optional.of("GENERAL HOSPITAL"),
          Optional.of("Phantom^Ann"),
          Optional.of(LocalDate.parse("1970-01-31")),
          Optional.of(Sex.FEMALE));

  private static RecordFact fact(
      String resource, String path, Kind kind, String display, Assertion assertion) {
    return new RecordFact(
        new RecordEntry(resource, path),
        kind,
        Optional.of(new Coding("urn:test", resource, display)),
        display,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.of(TIME.minusSeconds(3600)),
        assertion);
  }

  private static RecordFact measured(String resource, String path, double value, String unit) {
    RecordFact fact = fact(resource, path, Kind.OBSERVATION, path + " of it", Assertion.PRESENT);
    return new RecordFact(
        fact.entry(),
        fact.kind(),
        Optional.of(new Coding("urn:test", resource + path, fact.display())),
        fact.display(),
        OptionalDouble.of(value),
        Optional.of(unit),
        fact.time(),
        fact.assertion());
  }

  private static RecordFact derived(Kind kind, String path, String words, double years) {
    boolean age = kind == Kind.AGE;
    return new RecordFact(
        new RecordEntry("Patient/p", path),
        kind,
        Optional.empty(),
        words,
        age ? OptionalDouble.of(years) : OptionalDouble.empty(),
        age ? Optional.of("a") : Optional.empty(),
        age ? Optional.of(TIME) : Optional.empty(),
        Assertion.PRESENT);
  }

  private static List<RecordFact> facts() {
    return List.of(
        derived(Kind.AGE, "birthDate", "54 years old", 54),
        derived(Kind.SEX, "gender", "female", 0),
        fact("Condition/c1", "code", Kind.CONDITION, "Asthma", Assertion.PRESENT),
        fact("Condition/c2", "code", Kind.CONDITION, "Measles", Assertion.HISTORICAL),
        fact("Condition/c3", "code", Kind.CONDITION, "Influenza", Assertion.UNCERTAIN),
        fact("Condition/c4", "code", Kind.CONDITION, "Diabetes", Assertion.ABSENT),
        fact("AllergyIntolerance/a1", "code", Kind.ALLERGY, "Penicillin", Assertion.PRESENT),
        fact("AllergyIntolerance/a2", "code", Kind.ALLERGY, "Nuts", Assertion.ABSENT),
        fact("AllergyIntolerance/a3", "code", Kind.ALLERGY, "Latex", Assertion.UNCERTAIN),
        medication("MedicationRequest/m1", Assertion.PRESENT),
        medication("MedicationRequest/m2", Assertion.ABSENT),
        medication("MedicationStatement/m3", Assertion.HISTORICAL),
        medication("MedicationAdministration/m4", Assertion.UNCERTAIN),
        measured("Observation/o1", "valueQuantity", 38.45, "Cel"),
        measured("Observation/o2", "component[1].valueQuantity", 80, "mm[Hg]"),
        measured("Observation/o3", "valueQuantity", 1e-9, "of the usual"),
        fact(
            "Observation/o4",
            "valueCodeableConcept",
            Kind.OBSERVATION,
            "Smoking: never",
            Assertion.PRESENT),
        fact(
            "Observation/o5",
            "valueCodeableConcept",
            Kind.OBSERVATION,
            "Influenza: not detected",
            Assertion.ABSENT),
        fact("Observation/o6", "code", Kind.OBSERVATION, "Crackles", Assertion.UNCERTAIN),
        fact("Observation/o7", "valueQuantity", Kind.OBSERVATION, "CRP: < 5.0", Assertion.PRESENT),
        fact("DiagnosticReport/d1", "conclusion", Kind.REPORT, "CT: clear", Assertion.PRESENT),
        fact("DiagnosticReport/d2", "code", Kind.REPORT, "Chest CT", Assertion.UNCERTAIN));
  }

  private static RecordFact medication(String resource, Assertion assertion) {
    return fact(
        resource, "medicationCodeableConcept", Kind.MEDICATION, "Amoxicillin", assertion);
  }

  static String written() {
    return FhirRecordWriter.write(PATIENT, facts(), Optional.of(TIME));
  }

  @Test
  void factsOfAllKindsAndTheIdentityReadBackEqual() throws Exception {
    Records.Outcome outcome =
        Records.decode(FhirRecordWriter.write(PATIENT, facts(), Optional.of(TIME)));
    assertThat(outcome.facts()).isEqualTo(facts());
    Evidence record = outcome.evidence().getFirst();
    assertThat(record.origin().patient()).contains(PATIENT);
    assertThat(record.origin().acquired()).contains(TIME);
  }

  @Test
  void theSameArgumentsGiveTheSameText() {
    assertThat(FhirRecordWriter.write(PATIENT, facts(), Optional.of(TIME)))
        .isEqualTo(FhirRecordWriter.write(PATIENT, facts(), Optional.of(TIME)));
  }

  @Test
  void anAgeWithoutABirthDateIsWrittenAsAnObservation() throws Exception {
    PatientIdentity unknown = PatientIdentity.of("1", Optional.empty());
    RecordFact age = derived(Kind.AGE, "birthDate", "54 years old", 54);
    RecordFact read =
        Records.decode(FhirRecordWriter.write(unknown, List.of(age), Optional.empty()))
            .fact(Kind.AGE);
    assertThat(read.value()).hasValue(54);
    assertThat(read.entry().resource()).isEqualTo("Observation/age");
  }

  @Test
  void whatFhirCannotSayIsNotWritten() {
    for (RecordFact fact :
        List.of(
            fact("Condition/c", "code", Kind.OBSERVATION, "x", Assertion.PRESENT),
            fact("../etc", "code", Kind.CONDITION, "x", Assertion.PRESENT),
            fact("Observation/o", "code", Kind.OBSERVATION, "x", Assertion.HISTORICAL),
            fact("Observation/o", "code", Kind.OBSERVATION, "x", Assertion.ABSENT))) {
      assertThatThrownBy(() -> FhirRecordWriter.write(PATIENT, List.of(fact), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
