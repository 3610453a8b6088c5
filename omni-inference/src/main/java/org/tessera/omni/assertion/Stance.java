package org.tessera.omni.assertion;

/**
 * How a text speaks about something, the weakest first: where several apply, the last one counts.
 * After Harkema et al. 2009 (ConText).
 */
public enum Stance {
  /** Stated as present in the patient. */
  AFFIRMED,
  /** Possible, suspected, to be ruled out. */
  UNCERTAIN,
  /** In the past, and over. */
  HISTORICAL,
  /** Denied. */
  NEGATED,
  /** A case that may arise: if it comes, to prevent it, the risk of it. */
  HYPOTHETICAL,
  /** Of somebody else. */
  FAMILY
}
