package org.tessera.validation.phantom;

import java.util.Locale;

/** What the note says about an opacity, whatever the image shows. */
public enum NoteClaim {
  ASSERTED,
  DENIED,
  SILENT;

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
