package org.tessera.runtime.store;

import java.io.IOException;

/** An object was not stored. The message is one sentence, without anything of the patient. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Whether it makes sense to try again. */
  public enum Reason {
    /** Disk or database: the same object may be taken later. */
    OUT_OF_RESOURCES,
    /** The data set is another object than was announced. */
    MISMATCH,
    /** The data set cannot be read. */
    UNREADABLE
  }

  private final Reason reason;

  StoreException(Reason reason, String sentence) {
    super(sentence);
    this.reason = reason;
  }

  StoreException(Reason reason, String sentence, Throwable cause) {
    super(sentence, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
