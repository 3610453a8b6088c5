package org.tessera.explain;

/** Whether a finding is worth the passes of the interventional checks. */
sealed interface Inquiry permits Intervention, Inquiry.Idle {

  /**
   * Nothing to intervene on.
   *
   * @param reason one sentence
   */
  record Idle(String reason) implements Inquiry {}
}
