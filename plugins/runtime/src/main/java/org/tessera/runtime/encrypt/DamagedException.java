package org.tessera.runtime.encrypt;

import java.io.IOException;

/** An encrypted file is not what was written. The message is one sentence. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 10;

  /** True if that is why something failed. */
  public static boolean isCauseOf(Throwable thrown) {
    Throwable each = thrown;
    for (int i = 0; i < DEEPEST && each != null; i++) {
      if (each instanceof DamagedException) {
        return true;
      }
      each = each.getCause();
    }
    return false;
  }

  /** Of one sentence. */
  public DamagedException(String sentence) {
    super(sentence);
  }
}
