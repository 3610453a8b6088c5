package org.tessera.runtime.commit;

import java.util.Locale;

/** Where a request for storage commitment is. */
public enum CommitmentState {
  /** Its objects have to be looked at. */
  ASKED,
  /** The outcome has to be reported. */
  CHECKED,
  /** The requester knows the outcome. */
  REPORTED,
  /** The requester could not be told; it may ask again. */
  DEAD;

  /** The name in the database and in figures. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
