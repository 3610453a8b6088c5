package org.tessera.runtime.work;

import java.util.Locale;
import java.util.Set;

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
  /** Whoever asked for it does not want it any more. */
  CANCELLED;

  /** The states in which nothing happens unless something new comes. */
  public static final Set<CaseState> ENDED =
      Set.of(ANALYSED, DELIVERED, QUARANTINED, SHADOW, CANCELLED);

  /** The name in the database, in JSON and on pages. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CaseState of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
