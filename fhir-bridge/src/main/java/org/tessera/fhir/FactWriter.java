package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;

/** Writes one fact into the resource in which it stands; the counterpart of {@link FactReader}. */
final class FactWriter {
  private final Map<String, ObjectNode> resources;
  private final String subject;

  /**
   * @param resources by type and id; added to
   * @param subject address of the patient
   */
  FactWriter(Map<String, ObjectNode> resources, String subject) {
    this.resources = resources;
    this.subject = subject;
  }

  /** An age without a birth date: an observation. */
  void writeAge(RecordFact fact) {
    RecordEntry entry =
        fact.entry().resource().startsWith("Observation/")
            ? fact.entry()
            : new RecordEntry("Observation/age", "valueQuantity");
    write(
        new RecordFact(
            entry,
            Kind.OBSERVATION,
            Optional.of(Labels.AGE),
            fact.display(),
            fact.value(),
            fact.unit().or(() -> Optional.of("a")),
            fact.time(),
            fact.assertion()));
  }

  /**
   * Writes a fact.
   *
   * @throws IllegalArgumentException if FHIR R4 has no way to say it
   */
  void write(RecordFact fact) {
    String key = fact.entry().resource();
    if (!key.matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")) {
      throw new IllegalArgumentException("Not a type and id: " + key);
    }
    String type = key.substring(0, key.indexOf('/'));
    ObjectNode resource =
        resources.computeIfAbsent(
            key, each -> Elements.resource(type).put("id", each.substring(type.length() + 1)));
    String named = type + " for " + fact.kind();
    switch (named) {
      case "Condition for CONDITION" -> condition(resource, fact);
      case "AllergyIntolerance for ALLERGY" -> allergy(resource, fact);
      case "MedicationRequest for MEDICATION" -> medicationRequest(resource, fact);
      case "MedicationStatement for MEDICATION" -> medicationStatement(resource, fact);
      case "MedicationAdministration for MEDICATION" -> administration(resource, fact);
      case "DiagnosticReport for REPORT" -> report(resource, fact);
      case "Observation for OBSERVATION" -> {
        resource.set("subject", Elements.reference(subject));
        new ObservationWriter(resource).write(fact);
      }
      default -> throw new IllegalArgumentException("FHIR has no " + named);
    }
  }

  private void condition(ObjectNode resource, RecordFact fact) {
    resource.set(
        "clinicalStatus", Elements.status(Labels.CLINICAL_STATUS, clinical(fact, "resolved")));
    resource.set(
        "verificationStatus", Elements.status(Labels.VERIFICATION_STATUS, verification(fact)));
    resource.set("code", Elements.concept(fact.code(), fact.display()));
    resource.set("subject", Elements.reference(subject));
    time(resource, "onsetDateTime", fact);
  }

  private void allergy(ObjectNode resource, RecordFact fact) {
    String verification = verification(fact);
    resource.set(
        "clinicalStatus",
        Elements.status(Labels.ALLERGY_CLINICAL_STATUS, clinical(fact, "resolved")));
    resource.set(
        "verificationStatus",
        Elements.status(
            Labels.ALLERGY_VERIFICATION_STATUS,
            verification.equals("provisional") ? "unconfirmed" : verification));
    resource.set("code", Elements.concept(fact.code(), fact.display()));
    resource.set("patient", Elements.reference(subject));
    time(resource, "onsetDateTime", fact);
  }

  private static String clinical(RecordFact fact, String historical) {
    return switch (fact.assertion()) {
      case PRESENT, UNCERTAIN -> "active";
      case HISTORICAL -> historical;
      case ABSENT -> "inactive";
    };
  }

  private static String verification(RecordFact fact) {
    return switch (fact.assertion()) {
      case PRESENT, HISTORICAL -> "confirmed";
      case UNCERTAIN -> "provisional";
      case ABSENT -> "refuted";
    };
  }

  private void medicationRequest(ObjectNode resource, RecordFact fact) {
    String status =
        switch (fact.assertion()) {
          case PRESENT, ABSENT -> "active";
          case HISTORICAL -> "completed";
          case UNCERTAIN -> "draft";
        };
    resource.put("status", status).put("intent", "order");
    if (fact.assertion() == Assertion.ABSENT) {
      resource.put("doNotPerform", true);
    }
    medication(resource, fact);
    time(resource, "authoredOn", fact);
  }

  private void medicationStatement(ObjectNode resource, RecordFact fact) {
    resource.put(
        "status",
        switch (fact.assertion()) {
          case PRESENT -> "active";
          case HISTORICAL -> "completed";
          case UNCERTAIN -> "intended";
          case ABSENT -> "not-taken";
        });
    medication(resource, fact);
    time(resource, "effectiveDateTime", fact);
  }

  private void administration(ObjectNode resource, RecordFact fact) {
    resource.put(
        "status",
        switch (fact.assertion()) {
          case PRESENT -> "in-progress";
          case HISTORICAL -> "completed";
          case UNCERTAIN -> "unknown";
          case ABSENT -> "not-done";
        });
    medication(resource, fact);
    time(resource, "effectiveDateTime", fact);
  }

  private void medication(ObjectNode resource, RecordFact fact) {
    ObjectNode code = Elements.concept(fact.code(), fact.display());
    if (fact.entry().path().equals("medicationReference")) {
      ObjectNode medication = Elements.resource("Medication").put("id", "m");
      medication.set("code", code);
      resource.putArray("contained").add(medication);
      resource.set("medicationReference", Elements.reference("#m"));
    } else {
      resource.set("medicationCodeableConcept", code);
    }
    resource.set("subject", Elements.reference(subject));
  }

  private void report(ObjectNode resource, RecordFact fact) {
    resource.put("status", resultStatus(fact));
    Words words = Words.of(fact, fact.entry().path().equals("conclusion"));
    resource.set("code", Elements.concept(fact.code(), words.name()));
    resource.set("subject", Elements.reference(subject));
    time(resource, "effectiveDateTime", fact);
    words.value().ifPresent(each -> resource.put("conclusion", each));
  }

  static String resultStatus(RecordFact fact) {
    return switch (fact.assertion()) {
      case PRESENT, ABSENT -> "final";
      case UNCERTAIN -> "preliminary";
      case HISTORICAL ->
          throw new IllegalArgumentException("FHIR has no historical " + fact.kind());
    };
  }

  static void time(ObjectNode resource, String name, RecordFact fact) {
    fact.time().ifPresent(each -> resource.put(name, each.toString()));
  }

  /**
   * The words of a fact taken apart at the colon between name and value.
   *
   * @param name words of the code
   * @param value words of the value
   */
  record Words(String name, Optional<String> value) {
    static Words of(RecordFact fact, boolean hasValue) {
      String display = fact.display();
      int colon =
          fact.code()
              .map(each -> each.display().length())
              .filter(each -> display.startsWith(": ", each))
              .orElseGet(() -> display.indexOf(": "));
      return hasValue && colon > 0
          ? new Words(display.substring(0, colon), Optional.of(display.substring(colon + 2)))
          : new Words(display, Optional.empty());
    }
  }
}
