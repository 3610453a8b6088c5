package org.tessera.fhir;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.casemodel.RejectedInputException;

/** Turns one resource into facts. */
final class FactReader {
  // SNOMED CT: no known allergy, no known drug, food, environmental allergy.
  private static final Set<String> NO_ALLERGY =
      Set.of("716186003", "409137002", "429625007", "428607008");

  private final References references;

  FactReader(References references) {
    this.references = references;
  }

  /** The facts of a resource; none for a type that states nothing of the seven kinds. */
  List<RecordFact> facts(FhirResource resource) throws RejectedInputException {
    if (resource.isVoid()) {
      return List.of();
    }
    return switch (resource.type()) {
      case "Condition" -> condition(resource).stream().toList();
      case "AllergyIntolerance" -> allergy(resource).stream().toList();
      case "MedicationRequest", "MedicationStatement", "MedicationAdministration" ->
          medication(resource).stream().toList();
      case "DiagnosticReport" -> report(resource).stream().toList();
      case "Observation" -> new ObservationReader(resource).facts();
      default -> List.of();
    };
  }

  private static Optional<RecordFact> condition(FhirResource resource)
      throws RejectedInputException {
    Optional<Concept> code = Concept.of(resource.body(), "code");
    Optional<Assertion> assertion = assertion(resource.body(), "abatementDateTime");
    Optional<Instant> time =
        resource.body().firstTime("onsetDateTime", "onsetPeriod", "recordedDate");
    return fact(resource, Kind.CONDITION, "code", code, time, assertion);
  }

  private static Optional<RecordFact> allergy(FhirResource resource)
      throws RejectedInputException {
    Optional<Concept> code = Concept.of(resource.body(), "code");
    Optional<Assertion> assertion = assertion(resource.body(), "abatementDateTime");
    if (code.isPresent() && code.get().codes().stream().anyMatch(NO_ALLERGY::contains)) {
      assertion = assertion.map(each -> Assertion.ABSENT);
    }
    Optional<Instant> time =
        resource.body().firstTime("onsetDateTime", "onsetPeriod", "recordedDate");
    return fact(resource, Kind.ALLERGY, "code", code, time, assertion);
  }

  /** R4 9.2.3: verification says whether, clinical status says whether still. */
  private static Optional<Assertion> assertion(FhirElement body, String end)
      throws RejectedInputException {
    String verification = statusCode(body, "verificationStatus");
    String clinical = statusCode(body, "clinicalStatus");
    return switch (verification) {
      case "entered-in-error" -> Optional.empty();
      case "refuted" -> Optional.of(Assertion.ABSENT);
      case "unconfirmed", "provisional", "differential" -> Optional.of(Assertion.UNCERTAIN);
      default ->
          switch (clinical) {
            case "inactive", "remission", "resolved" -> Optional.of(Assertion.HISTORICAL);
            case "" ->
                Optional.of(
                    body.text(end).isPresent() ? Assertion.HISTORICAL : Assertion.PRESENT);
            default -> Optional.of(Assertion.PRESENT);
          };
    };
  }

  private static String statusCode(FhirElement body, String name) throws RejectedInputException {
    Optional<Concept> status = Concept.of(body, name);
    return status.isPresent() && !status.get().codes().isEmpty()
        ? status.get().codes().getFirst()
        : "";
  }

  private Optional<RecordFact> medication(FhirResource resource) throws RejectedInputException {
    FhirElement body = resource.body();
    Optional<Concept> code = Concept.of(body, "medicationCodeableConcept");
    String path = "medicationCodeableConcept";
    if (code.isEmpty()) {
      code = referredMedication(resource);
      path = "medicationReference";
    }
    Optional<Instant> time =
        body.firstTime("authoredOn", "effectiveDateTime", "effectivePeriod", "dateAsserted");
    return fact(resource, Kind.MEDICATION, path, code, time, medicationAssertion(body));
  }

  private Optional<Concept> referredMedication(FhirResource resource)
      throws RejectedInputException {
    Optional<FhirElement> reference = resource.body().child("medicationReference");
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    String address = reference.get().text("reference").orElse("");
    for (FhirElement each : resource.body().children("contained")) {
      if (address.equals("#" + each.text("id").orElse(""))) {
        return Concept.of(each, "code");
      }
    }
    Optional<FhirResource> medication = references.find(address);
    if (medication.isPresent()) {
      return Concept.of(medication.get().body(), "code");
    }
    return reference
        .get()
        .text("display")
        .map(words -> new Concept(Optional.empty(), Concept.bounded(words), List.of()));
  }

  private static Optional<Assertion> medicationAssertion(FhirElement body)
      throws RejectedInputException {
    if (body.flag("doNotPerform").orElse(false)) {
      return Optional.of(Assertion.ABSENT);
    }
    return switch (body.text("status").orElse("")) {
      case "cancelled" -> Optional.empty();
      case "not-taken", "not-done" -> Optional.of(Assertion.ABSENT);
      case "completed", "stopped" -> Optional.of(Assertion.HISTORICAL);
      case "draft", "intended", "unknown" -> Optional.of(Assertion.UNCERTAIN);
      default ->
          switch (body.text("intent").orElse("")) {
            case "proposal", "plan", "option" -> Optional.of(Assertion.UNCERTAIN);
            default -> Optional.of(Assertion.PRESENT);
          };
    };
  }

  private static Optional<RecordFact> report(FhirResource resource)
      throws RejectedInputException {
    FhirElement body = resource.body();
    Optional<Concept> code = Concept.of(body, "code");
    Optional<String> conclusion = body.text("conclusion").map(Concept::bounded);
    Optional<Concept> shown =
        code.map(
            each ->
                new Concept(
                    each.coding(),
                    conclusion.map(words -> each.words() + ": " + words).orElse(each.words()),
                    each.codes()));
    Optional<Instant> time = body.firstTime("effectiveDateTime", "effectivePeriod", "issued");
    Optional<Assertion> assertion = resultAssertion(body);
    return fact(
        resource,
        Kind.REPORT,
        conclusion.isPresent() ? "conclusion" : "code",
        shown,
        time,
        assertion);
  }

  /** The assertion of a result by its status; empty if the result does not exist. */
  static Optional<Assertion> resultAssertion(FhirElement body) throws RejectedInputException {
    return switch (body.text("status").orElse("")) {
      case "cancelled", "entered-in-error" -> Optional.empty();
      case "registered", "preliminary", "partial" -> Optional.of(Assertion.UNCERTAIN);
      default -> Optional.of(Assertion.PRESENT);
    };
  }

  private static Optional<RecordFact> fact(
      FhirResource resource,
      Kind kind,
      String path,
      Optional<Concept> code,
      Optional<Instant> time,
      Optional<Assertion> assertion) {
    if (code.isEmpty() || assertion.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new RecordFact(
            new RecordEntry(resource.key(), path),
            kind,
            code.get().coding(),
            code.get().words(),
            OptionalDouble.empty(),
            Optional.empty(),
            time,
            assertion.get()));
  }
}
