package org.tessera.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;

/**
 * Whom a record is about and which studies it names, wherever it names them: an identifier of the
 * system {@code urn:dicom:uid} is a Study Instance UID (R4 8.17), one of type ACSN (HL7 v2-0203) an
 * accession number.
 *
 * @param patients identifiers of the patient with their issuers: the system, and the name of the
 *     assigner
 * @param studies Study Instance UIDs
 * @param accessions accession numbers
 */
public record RecordTargets(
    Set<PatientIdentity> patients, Set<String> studies, Set<String> accessions) {
  private static final int MOST = 64;
  private static final String ACCESSION = "ACSN";

  public RecordTargets {
    patients = Set.copyOf(patients);
    studies = Set.copyOf(studies);
    accessions = Set.copyOf(accessions);
  }

  /**
   * Looks through a bundle of {@link PostedRecord}.
   *
   * @throws RejectedInputException with one sentence, if it is about no or several patients, or
   *     names too much
   */
  public static RecordTargets of(String bundle) throws RejectedInputException {
    JsonNode root;
    try {
      root = FhirJson.MAPPER.readTree(bundle);
    } catch (JsonProcessingException e) {
      throw new RejectedInputException("The record is not valid JSON.", e);
    }
    Set<PatientIdentity> patients = new LinkedHashSet<>();
    Set<String> studies = new LinkedHashSet<>();
    Set<String> accessions = new LinkedHashSet<>();
    int people = 0;
    for (JsonNode entry : root.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText("").equals("Patient")) {
        people++;
        resource.path("identifier").forEach(each -> patient(each, patients));
      } else {
        look(resource, studies, accessions);
      }
    }
    if (people != 1) {
      throw new RejectedInputException(
          "The record has %d patients; to join a study it has to be about one."
              .formatted(people));
    }
    if (patients.size() > MOST || studies.size() + accessions.size() > MOST) {
      throw new RejectedInputException(
          "The record names more than %d identifiers or studies.".formatted(MOST));
    }
    return new RecordTargets(patients, studies, accessions);
  }

  private static void patient(JsonNode identifier, Set<PatientIdentity> patients) {
    String value = identifier.path("value").asText("").strip();
    String use = identifier.path("use").asText("");
    if (value.isEmpty() || use.equals("old") || use.equals("temp")) {
      return;
    }
    for (String issuer :
        new String[] {
          identifier.path("system").asText("").strip(),
          identifier.path("assigner").path("display").asText("").strip()
        }) {
      if (!issuer.isEmpty()) {
        patients.add(PatientIdentity.of(value, Optional.of(issuer)));
      }
    }
  }

  /** Every identifier, at any depth; the reader of the record has bounded that. */
  private static void look(JsonNode node, Set<String> studies, Set<String> accessions) {
    JsonNode identifier = node.path("identifier");
    if (identifier.isObject()) {
      note(identifier, studies, accessions);
    } else {
      identifier.forEach(each -> note(each, studies, accessions));
    }
    node.forEach(
        each -> {
          if (each.isContainerNode()) {
            look(each, studies, accessions);
          }
        });
  }

  private static void note(JsonNode identifier, Set<String> studies, Set<String> accessions) {
    String value = identifier.path("value").asText("").strip();
    if (value.isEmpty()) {
      return;
    }
    if (identifier.path("system").asText("").equals("urn:dicom:uid")) {
      studies.add(value.startsWith("urn:oid:") ? value.substring("urn:oid:".length()) : value);
    }
    for (JsonNode coding : identifier.path("type").path("coding")) {
      if (coding.path("code").asText("").equals(ACCESSION)) {
        accessions.add(value);
      }
    }
  }
}
