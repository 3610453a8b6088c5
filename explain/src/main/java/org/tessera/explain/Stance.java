package org.tessera.explain;

/**
 * How a text speaks about something, the weakest first: where several apply, the last one counts.
 * After Harkema et al. 2009 (ConText).
 */
enum Stance {
  /** Stated as present in the patient. */
  AFFIRMED,
  /** Possible, suspected, to be ruled out. */
  UNCERTAIN,
  /** In the past. */
  HISTORICAL,
  /** Denied. */
  NEGATED,
  /** Of somebody else. */
  FAMILY
}
