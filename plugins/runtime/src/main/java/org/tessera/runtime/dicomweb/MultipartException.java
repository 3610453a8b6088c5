package org.tessera.runtime.dicomweb;

import java.io.IOException;

/** A body is no multipart body, or goes beyond the bounds. The message is one sentence. */
public final class MultipartException extends IOException {
  private static final long serialVersionUID = 1L;

  MultipartException(String sentence) {
    super(sentence);
  }
}
