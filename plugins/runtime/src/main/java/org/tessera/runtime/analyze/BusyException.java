package org.tessera.runtime.analyze;

/** As much is waiting as may wait. */
public final class BusyException extends Exception {
  private static final long serialVersionUID = 1L;

  BusyException(String sentence) {
    super(sentence);
  }
}
