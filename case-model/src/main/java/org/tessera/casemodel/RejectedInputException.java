package org.tessera.casemodel;

/**
 * An input that cannot be used. The message is one clear sentence for a clinician or an
 * administrator: no class names, no patient data.
 */
public class RejectedInputException extends Exception {
  private static final long serialVersionUID = 1L;

  public RejectedInputException(String sentence) {
    super(sentence);
  }

  public RejectedInputException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** The sentence. */
  public String sentence() {
    String message = getMessage();
    return message == null ? "The input cannot be used." : message;
  }
}
