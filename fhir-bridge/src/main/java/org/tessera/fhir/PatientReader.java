package org.tessera.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.Sex;

/** Reads who a record is about. */
final class PatientReader {
  private final FhirResource patient;

  PatientReader(FhirResource patient) {
    this.patient = patient;
  }

  /** Identifier and issuer, name, date of birth, sex; whatever the resource gives. */
  PatientIdentity identity() throws RejectedInputException {
    Optional<FhirElement> identifier = identifier();
    return new PatientIdentity(
        identifier.isPresent() ? identifier.get().text("value") : Optional.empty(),
        identifier.isPresent() ? issuer(identifier.get()) : Optional.empty(),
        name(),
        birthDate(),
        sex());
  }

  private static Optional<String> issuer(FhirElement identifier) throws RejectedInputException {
    Optional<FhirElement> assigner = identifier.child("assigner");
    Optional<String> named =
        assigner.isPresent() ? assigner.get().text("display") : Optional.empty();
    return identifier.text("system").or(() -> named);
  }

  /** All identifiers, as system and value. */
  List<String> identifiers() throws RejectedInputException {
    List<String> all = new ArrayList<>();
    for (FhirElement each : patient.body().children("identifier")) {
      Optional<String> value = each.text("value");
      if (value.isPresent()) {
        all.add(each.text("system").orElse("") + "|" + value.get());
      }
    }
    return all;
  }

  // The medical record number is what a PACS knows the patient by; else the official identifier.
  private Optional<FhirElement> identifier() throws RejectedInputException {
    Optional<FhirElement> best = Optional.empty();
    int bestRank = -1;
    for (FhirElement each : patient.body().children("identifier")) {
      String use = each.text("use").orElse("");
      if (each.text("value").isEmpty() || use.equals("old") || use.equals("temp")) {
        continue;
      }
      Optional<Concept> type = Concept.of(each, "type");
      boolean recordNumber = type.isPresent() && type.get().codes().contains("MR");
      int rank = recordNumber ? 2 : use.equals("official") ? 1 : 0;
      if (rank > bestRank) {
        best = Optional.of(each);
        bestRank = rank;
      }
    }
    return best;
  }

  private Optional<String> name() throws RejectedInputException {
    Optional<String> best = Optional.empty();
    int bestRank = -1;
    for (FhirElement each : patient.body().children("name")) {
      String use = each.text("use").orElse("");
      Optional<String> words = words(each);
      int rank = use.equals("official") ? 2 : use.equals("usual") || use.isEmpty() ? 1 : 0;
      if (words.isPresent() && rank > bestRank && !use.equals("old") && !use.equals("maiden")) {
        best = words;
        bestRank = rank;
      }
    }
    return best;
  }

  private static Optional<String> words(FhirElement name) throws RejectedInputException {
    Optional<String> family = name.text("family");
    String given = String.join(" ", name.texts("given"));
    if (family.isPresent()) {
      return family.map(each -> given.isEmpty() ? each : each + ", " + given);
    }
    return name.text("text").or(() -> Optional.of(given).filter(each -> !each.isEmpty()));
  }

  private Optional<Sex> sex() throws RejectedInputException {
    Optional<String> gender = patient.body().text("gender");
    if (gender.isEmpty()) {
      return Optional.empty();
    }
    return switch (gender.get()) {
      case "female" -> Optional.of(Sex.FEMALE);
      case "male" -> Optional.of(Sex.MALE);
      case "other" -> Optional.of(Sex.OTHER);
      case "unknown" -> Optional.empty();
      default -> throw patient.body().wrongForm("gender");
    };
  }

  /** A full date of birth; a year or a month alone gives none. */
  private Optional<LocalDate> birthDate() throws RejectedInputException {
    Optional<String> text = patient.body().text("birthDate");
    patient.body().time("birthDate");
    try {
      return text.filter(each -> each.length() == 10).map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw new RejectedInputException("The patient's birth date is not a valid date.", e);
    }
  }

  /** The sex as a fact. */
  Optional<RecordFact> sexFact() throws RejectedInputException {
    return sex()
        .map(
            each ->
                new RecordFact(
                    new RecordEntry(patient.key(), "gender"),
                    RecordFact.Kind.SEX,
                    Optional.empty(),
                    each.name().toLowerCase(Locale.ROOT),
                    OptionalDouble.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    RecordFact.Assertion.PRESENT));
  }

  /**
   * The age as a fact: whole years between the birth date and the index time (in UTC), months as
   * twelfths of a year below two years; none if the patient was born later. A patient who died
   * before the index time has the age of death.
   */
  Optional<RecordFact> ageFact(Instant index) throws RejectedInputException {
    Optional<Instant> birth = patient.body().time("birthDate");
    if (birth.isEmpty()) {
      return Optional.empty();
    }
    Instant end =
        patient.body().time("deceasedDateTime").filter(each -> each.isBefore(index)).orElse(index);
    Period age = Period.between(date(birth.get()), date(end));
    if (age.isNegative()) {
      return Optional.empty();
    }
    boolean infant = age.getYears() < 2;
    long months = age.toTotalMonths();
    String words = infant ? months + " months old" : age.getYears() + " years old";
    return Optional.of(
        new RecordFact(
            new RecordEntry(patient.key(), "birthDate"),
            RecordFact.Kind.AGE,
            Optional.empty(),
            words,
            OptionalDouble.of(infant ? months / 12.0 : age.getYears()),
            Optional.of("a"),
            Optional.of(index),
            RecordFact.Assertion.PRESENT));
  }

  private static LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
