package org.tessera.fhir;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Kind;

/**
 * Writes a health record as a FHIR R4 bundle of type collection.
 *
 * <p>{@link FhirDecoder} reads the facts back equal, provided that their entries are laid out as it
 * lays them out (its class comment says how), their words are on one line of at most 300
 * characters, and the age and the sex are those of the identity. Where the identity has a birth
 * date no age is written, because it follows from the birth date and the time. The same arguments
 * give the same text.
 */
public final class FhirRecordWriter {

  private FhirRecordWriter() {}


  /**
   * Writes a record.
   *
   * @param patient whose it is
   * @param facts its statements; facts of one resource stand in one resource
   * @param time when the record was taken; the index time of the age
   * @return JSON text
   * @throws IllegalArgumentException if FHIR R4 has no way to say a fact: an entry that is not
   *     {@code Type/id} of a type that states facts of that kind, a measurement that is
   *     historical or absent
   */
  public static String write(
      PatientIdentity patient, List<RecordFact> facts, Optional<Instant> time) {
    String patientId = patientId(patient, facts);
    String subject = address("Patient/" + patientId);
    Map<String, ObjectNode> resources = new LinkedHashMap<>();
    resources.put("Patient/" + patientId, patient(patientId, patient, facts));
    for (RecordFact fact : facts) {
      switch (fact.kind()) {
        case SEX -> {} // Said by the patient resource.
        case AGE -> {
          if (patient.birthDate().isEmpty()) {
            new FactWriter(resources, subject).writeAge(fact);
          }
        }
        default -> new FactWriter(resources, subject).write(fact);
      }
    }
    ObjectNode bundle = Elements.resource("Bundle").put("type", "collection");
    time.ifPresent(each -> bundle.put("timestamp", each.toString()));
    ArrayNode entries = bundle.putArray("entry");
    resources.forEach((key, each) -> entries.add(Elements.entry(address(key), each)));
    return Elements.text(bundle);
  }

  private static String address(String key) {
    return "urn:uuid:" + Hashes.uuid(key);
  }

  private static String patientId(PatientIdentity patient, List<RecordFact> facts) {
    return facts.stream()
        .map(each -> each.entry().resource())
        .filter(each -> each.startsWith("Patient/"))
        .findFirst()
        .map(each -> each.substring("Patient/".length()))
        .orElseGet(() -> Hashes.uuid(patient.toString()).toString());
  }

  private static ObjectNode patient(
      String id, PatientIdentity patient, List<RecordFact> facts) {
    ObjectNode resource = Elements.resource("Patient").put("id", id);
    Elements.identifier(patient).ifPresent(each -> resource.putArray("identifier").add(each));
    patient.name().ifPresent(each -> resource.putArray("name").add(name(each)));
    patient
        .sex()
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .or(
            () ->
                facts.stream()
                    .filter(each -> each.kind() == Kind.SEX)
                    .map(RecordFact::display)
                    .filter(List.of("female", "male", "other")::contains)
                    .findFirst())
        .ifPresent(each -> resource.put("gender", each));
    patient.birthDate().ifPresent(each -> resource.put("birthDate", each.toString()));
    return resource;
  }

  private static ObjectNode name(String words) {
    ObjectNode name = Elements.object().put("use", "official");
    String[] parts = words.split(", ", 2);
    if (parts.length == 1) {
      return name.put("text", words);
    }
    name.put("family", parts[0]);
    ArrayNode given = name.putArray("given");
    for (String each : parts[1].split(" ")) {
      given.add(each);
    }
    return name;
  }
}
