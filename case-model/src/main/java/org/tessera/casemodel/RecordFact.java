package org.tessera.casemodel;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One statement of a health record.
 *
 * @param entry where it stands
 * @param kind what sort of statement
 * @param code its code, where coded
 * @param display words for a person (never empty)
 * @param value numeric value: years for {@code AGE}, else as measured
 * @param unit unit of the value (UCUM where the record gives it)
 * @param time when it was observed or began
 * @param assertion whether the record asserts or denies it
 */
public record RecordFact(
    RecordEntry entry,
    Kind kind,
    Optional<Coding> code,
    String display,
    OptionalDouble value,
    Optional<String> unit,
    Optional<Instant> time,
    Assertion assertion) {

  /** What sort of statement a fact is. */
  public enum Kind {
    AGE,
    SEX,
    CONDITION,
    OBSERVATION,
    ALLERGY,
    MEDICATION,
    REPORT
  }

  /** How the record states it. */
  public enum Assertion {
    PRESENT,
    /** Resolved, inactive or in the past. */
    HISTORICAL,
    /** Provisional, differential or unconfirmed. */
    UNCERTAIN,
    /** Refuted. */
    ABSENT
  }
}
