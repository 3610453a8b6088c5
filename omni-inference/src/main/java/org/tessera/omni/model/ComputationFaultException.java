package org.tessera.omni.model;

/**
 * A computation did not hold: its checksums, its repetition or the weights in memory are not what
 * they have to be. What it gave must not be used. The message is one sentence for a person.
 */
public final class ComputationFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ComputationFaultException(String sentence) {
    super(sentence);
  }

  /** One sentence for a person. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
