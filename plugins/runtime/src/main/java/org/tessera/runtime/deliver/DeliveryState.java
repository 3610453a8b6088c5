package org.tessera.runtime.deliver;

import java.util.Locale;

/** Where a delivery is. */
public enum DeliveryState {
  /** It will be sent when its time has come. */
  WAITING,
  /** It is being sent; after a crash nobody knows whether it arrived, and it is sent again. */
  SENDING,
  /** The destination said that it has it. */
  DELIVERED,
  /** It was given up; a person has to look. */
  DEAD,
  /** A later revision went out in its place. */
  SUPERSEDED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DeliveryState of(String wireName) {
    return valueOf(wireName.toUpperCase(Locale.ROOT));
  }
}
