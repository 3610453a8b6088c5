package org.tessera.runtime.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.UidDictionary;
import org.tessera.fhir.PostedRecord;
import org.tessera.fhir.RecordTargets;
import org.tessera.runtime.work.JoinedRecords;
import org.tessera.runtime.work.JoinedRecords.Key;

/**
 * Takes records and notes that belong to studies. What studies call the issuer of a patient's
 * identifier and what records call it may differ: the settings say which are the same.
 */
public final class RecordIntake {
  private static final int MOST_BYTES = 16 << 20;
  private static final int LONGEST_VALUE = 64;

  private final JoinedRecords records;
  private final Map<String, Set<String>> issuers;

  RecordIntake(JoinedRecords records, Map<String, Set<String>> issuers) {
    this.records = records;
    this.issuers = Map.copyOf(issuers);
  }

  /**
   * Reads which issuers are the same.
   *
   * @param pairs each {@code ISSUER=SYSTEM}: the Issuer of Patient ID of studies, empty for those
   *     that name none, and the system (or assigner) of records
   * @return issuers of studies by those of records
   * @throws RejectedInputException with one sentence, if one is none
   */
  public static Map<String, Set<String>> issuers(List<String> pairs)
      throws RejectedInputException {
    Map<String, Set<String>> issuers = new HashMap<>();
    for (String each : pairs) {
      int equals = each.indexOf('=');
      if (equals < 0 || equals == each.length() - 1) {
        throw new RejectedInputException(
            "Issuers that are the same are named as ISSUER=SYSTEM, the one of studies first.");
      }
      issuers
          .computeIfAbsent(each.substring(equals + 1).strip(), any -> new LinkedHashSet<>())
          .add(each.substring(0, equals).strip());
    }
    return issuers;
  }

  /**
   * Takes a record; it is on the disk when this returns.
   *
   * @param body what was posted
   * @param xml whether it is XML
   * @return names of the cases that it belongs to now; empty if it waits for its study
   * @throws RejectedInputException with one sentence, if it cannot belong to any
   */
  public List<String> add(Path body, boolean xml) throws IOException, RejectedInputException {
    if (Files.size(body) > MOST_BYTES) {
      throw new RejectedInputException(
          "A record that joins a study has at most %,d bytes.".formatted(MOST_BYTES));
    }
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    PostedRecord.copy(body, xml, copy);
    String bundle = copy.toString(StandardCharsets.UTF_8);
    Set<Key> keys = keys(RecordTargets.of(bundle));
    return records.add(bundle, keys);
  }

  private Set<Key> keys(RecordTargets named) throws RejectedInputException {
    Set<String> targets = new LinkedHashSet<>();
    named.studies().stream()
        .filter(UidDictionary::isValid)
        .forEach(each -> targets.add("study " + each));
    named.accessions().stream()
        .filter(each -> each.length() <= LONGEST_VALUE)
        .forEach(each -> targets.add("accession " + each));
    if (targets.isEmpty()) {
      throw new RejectedInputException(
          "The record names no study: the UID of an imaging study (urn:dicom:uid) or an accession"
              + " number (an identifier of type ACSN) is needed.");
    }
    Set<Key> keys = new LinkedHashSet<>();
    for (PatientIdentity each : named.patients()) {
      String id = each.id().orElse("");
      String issuer = each.issuer().orElse("");
      if (id.length() <= LONGEST_VALUE && issuer.length() <= 4 * LONGEST_VALUE) {
        for (String target : targets) {
          keys.add(new Key(id, issuer, target));
          issuers
              .getOrDefault(issuer, Set.of())
              .forEach(same -> keys.add(new Key(id, same, target)));
        }
      }
    }
    if (keys.isEmpty()) {
      throw new RejectedInputException(
          "The patient of the record has no identifier with a system or an assigner: by a name"
              + " alone nothing is joined.");
    }
    return keys;
  }
}
