package org.tessera.validation.phantom;

import java.util.Locale;

/** How the note speaks of fever. Only {@code ASSERTED} says that the patient has one now. */
public enum FeverMention {
  ASSERTED,
  DENIED,
  SILENT,
  HISTORICAL,
  FAMILY,
  CONDITIONAL;

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
