package org.tessera.casemodel;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Who a file says that it belongs to. Any part may be absent.
 *
 * @param id the identifier as written
 * @param issuer who issued the identifier (DICOM Issuer of Patient ID, FHIR identifier system)
 * @param name family and given names, in any notation; compared after normalization
 * @param birthDate date of birth
 * @param sex administrative sex
 */
public record PatientIdentity(
    Optional<String> id,
    Optional<String> issuer,
    Optional<String> name,
    Optional<LocalDate> birthDate,
    Optional<Sex> sex) {

  /** An identity of which only the identifier, and perhaps its issuer, is known. */
  public static PatientIdentity of(String id, Optional<String> issuer) {
    return new PatientIdentity(
        Optional.of(id), issuer, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** True if nothing at all is known. */
  public boolean isEmpty() {
    return id.isEmpty() && name.isEmpty() && birthDate.isEmpty() && sex.isEmpty();
  }
}
