package org.tessera.runtime;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.Sex;

/**
 * Whose case it is, where the user did not say: the first identifier among the evidence, completed
 * by the first name, birth date and sex. Whether they agree is asked by the check {@code identity}.
 */
final class PatientNaming {
  private PatientNaming() {}

  static Optional<PatientIdentity> of(List<Evidence> evidence) {
    List<PatientIdentity> known =
        evidence.stream().flatMap(each -> each.origin().patient().stream()).toList();
    Optional<PatientIdentity> identified =
        known.stream().filter(each -> each.id().isPresent()).findFirst();
    Optional<String> name = first(known, PatientIdentity::name);
    Optional<LocalDate> birthDate = first(known, PatientIdentity::birthDate);
    Optional<Sex> sex = first(known, PatientIdentity::sex);
    PatientIdentity merged =
        new PatientIdentity(
            identified.flatMap(PatientIdentity::id),
            identified.flatMap(PatientIdentity::issuer),
            name,
            birthDate,
            sex);
    return merged.isEmpty() ? Optional.empty() : Optional.of(merged);
  }

  private static <T> Optional<T> first(
      List<PatientIdentity> known, Function<PatientIdentity, Optional<T>> part) {
    return known.stream().flatMap(each -> part.apply(each).stream()).findFirst();
  }
}
