package org.tessera.server.dicomweb;

/** An answer that is an error, with one sentence. */
final class WebException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  WebException(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  int status() {
    return status;
  }
}
