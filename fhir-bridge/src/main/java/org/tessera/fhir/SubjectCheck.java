package org.tessera.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;

/** Makes sure that a record is about one patient, and that every statement is about that one. */
final class SubjectCheck {
  private final References references;
  private final List<FhirResource> patients;
  private final Set<String> identifiers = new HashSet<>();

  /**
   * @throws RejectedInputException if the record has patients who are not plainly the same person
   */
  SubjectCheck(FhirRecord record, References references) throws RejectedInputException {
    this.references = references;
    this.patients = record.ofType("Patient");
    for (FhirResource each : patients) {
      identifiers.addAll(new PatientReader(each).identifiers());
    }
    for (int i = 1; i < patients.size(); i++) {
      requireSamePerson(new PatientReader(patients.getFirst()), new PatientReader(patients.get(i)));
    }
  }

  /** The patient, where the record has one. */
  Optional<FhirResource> patient() {
    return patients.stream().findFirst();
  }

  private static void requireSamePerson(PatientReader one, PatientReader other)
      throws RejectedInputException {
    PatientIdentity first = one.identity();
    PatientIdentity second = other.identity();
    List<String> shared = new ArrayList<>(one.identifiers());
    shared.retainAll(other.identifiers());
    if (shared.isEmpty()
        || differ(first, second, PatientIdentity::birthDate)
        || differ(first, second, PatientIdentity::sex)) {
      throw new RejectedInputException(
          "The FHIR bundle holds several patients who are not the same person.");
    }
  }

  /** True if both say it and do not say the same. */
  static <T> boolean differ(
      PatientIdentity one, PatientIdentity other, Function<PatientIdentity, Optional<T>> part) {
    Optional<T> first = part.apply(one);
    Optional<T> second = part.apply(other);
    return first.isPresent() && second.isPresent() && !Objects.equals(first, second);
  }

  /**
   * True if the resource is about the patient; false if it is about something else (a group, a
   * device) that the bundle has or that is not a patient.
   *
   * @throws RejectedInputException if it is about another patient, or about one that is missing
   */
  boolean isAboutPatient(FhirResource resource) throws RejectedInputException {
    if (resource.type().equals("Patient")) {
      return true;
    }
    for (String element : List.of("subject", "patient")) {
      // Only references are of interest: some types have a coded subject.
      if (resource.body().node().path(element).has("reference")) {
        Optional<FhirElement> subject = resource.body().child(element);
        Optional<String> reference =
            subject.isPresent() ? subject.get().text("reference") : Optional.empty();
        return reference.isEmpty() || refersToPatient(resource, reference.get());
      }
    }
    return true;
  }

  private boolean refersToPatient(FhirResource resource, String reference)
      throws RejectedInputException {
    if (reference.startsWith("#")) {
      return refersToContained(resource, reference.substring(1));
    }
    if (reference.startsWith("Patient?")) {
      return matchesConditionally(resource, reference);
    }
    Optional<FhirResource> target = references.find(reference);
    if (target.isPresent()) {
      // More than one patient resource is only left if they are the same person.
      return target.get().type().equals("Patient");
    }
    boolean namesPatient = reference.startsWith("Patient/") || reference.contains("/Patient/");
    if (namesPatient || References.isLocal(reference) && mustResolve(resource, reference)) {
      throw missing(resource);
    }
    return false;
  }

  // Of types that are not read, only a missing patient matters.
  private static boolean mustResolve(FhirResource resource, String reference) {
    return RecordBuilder.READ.contains(resource.type()) || reference.startsWith("urn:");
  }

  private static boolean refersToContained(FhirResource resource, String id)
      throws RejectedInputException {
    for (FhirElement each : resource.body().children("contained")) {
      if (each.text("id").filter(id::equals).isPresent()) {
        if (each.text("resourceType").filter("Patient"::equals).isPresent()) {
          throw new RejectedInputException(
              "The FHIR resource %s carries a patient of its own inside; only a patient of the "
                      .formatted(resource.type())
                  + "bundle is read.");
        }
        return false;
      }
    }
    if (RecordBuilder.READ.contains(resource.type())) {
      throw missing(resource);
    }
    return false;
  }

  // R4 3.1.0.11.1: a search URI in place of an address.
  private boolean matchesConditionally(FhirResource resource, String reference)
      throws RejectedInputException {
    String wanted = reference.substring("Patient?".length());
    boolean known =
        identifiers.stream()
            .map(each -> "identifier=" + each)
            .anyMatch(each -> each.equals(wanted) || encoded(each).equals(wanted));
    if (!known) {
      throw missing(resource);
    }
    return true;
  }

  private static String encoded(String query) {
    int value = query.indexOf('=') + 1;
    return query.substring(0, value)
        + URLEncoder.encode(query.substring(value), StandardCharsets.UTF_8);
  }

  private static RejectedInputException missing(FhirResource resource) {
    return new RejectedInputException(
        "The FHIR bundle has a missing reference: its %s is about a patient who is not in it."
            .formatted(resource.type()));
  }
}
