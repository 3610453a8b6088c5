package org.tessera.runtime.work;

import java.util.Locale;

/** Where a case is. */
public enum CaseState {
  /** Images come, or are awaited. */
  RECEIVING,
  /** Its images are fixed; it waits for a worker. */
  COMPLETE,
  /** A worker has it. */
  ANALYSING,
  /** There is a result, and nobody to send it to. */
  ANALYSED,
  /** There is a result that not every destination has. */
  DELIVERING,
  /** Every destination has the result. */
  DELIVERED,
  /** It cannot be analysed, or must not be; a person has to look. */
  QUARANTINED,
  /** There is a result, and it was decided to send nothing. */
  SHADOW,
  /** A person withdrew the result; it is analysed again only if a person says so. */
  WITHDRAWN;

  /** The name in the database, in JSON and on pages. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CaseState of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
