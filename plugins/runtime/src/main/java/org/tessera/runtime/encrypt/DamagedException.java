package org.tessera.runtime.encrypt;

import java.io.IOException;

/** An encrypted file is not what was written. The message is one sentence. */
public final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(String sentence) {
    super(sentence);
  }
}
