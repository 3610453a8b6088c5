package org.tessera.casemodel;

import java.util.Locale;

/**
 * The kinds of evidence; the lower-case name is the wire name, the same in code, JSON and metrics.
 */
public enum Modality {
  IMAGE,
  SLIDE,
  CINE,
  NOTE,
  AUDIO,
  RECORD;

  /** The name used in JSON and metrics: {@code image}, {@code slide}, ... */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The modality of a wire name.
   *
   * @throws IllegalArgumentException if the name is none of the six
   */
  public static Modality ofWireName(String name) {
    for (Modality modality : values()) {
      if (modality.wireName().equals(name)) {
        return modality;
      }
    }
    throw new IllegalArgumentException("Not a modality: " + name);
  }
}
