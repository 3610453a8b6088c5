package org.tessera.validation.phantom;

import java.util.List;
import java.util.Locale;

/** What the problem list of the record says about an opacity, whatever the image shows. */
public enum RecordListing {
  /** An active, confirmed problem. */
  LISTED,
  /** A problem that is over. */
  RESOLVED,
  /** A problem that was refuted. */
  REFUTED,
  SILENT;

  /** All that does not say that there is one now. */
  static final List<RecordListing> OTHERS = List.of(RESOLVED, REFUTED, SILENT);

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
