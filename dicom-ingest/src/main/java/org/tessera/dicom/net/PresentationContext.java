package org.tessera.dicom.net;

import java.util.List;

/**
 * A kind of object in the transfer syntaxes in which it may be sent (PS3.8 9.3.2.2, 9.3.3.2).
 *
 * @param id odd, 1 to 255
 * @param result the answer; {@link Result#ACCEPTANCE} also in a proposal, where it means nothing
 * @param abstractSyntax SOP class UID; empty in an answer
 * @param transferSyntaxes UIDs; exactly one in an answer
 */
public record PresentationContext(
    int id, Result result, String abstractSyntax, List<String> transferSyntaxes) {

  /** How a context was answered; the order is that of PS3.8 table 9-18. */
  public enum Result {
    ACCEPTANCE,
    USER_REJECTION,
    NO_REASON,
    ABSTRACT_SYNTAX_NOT_SUPPORTED,
    TRANSFER_SYNTAXES_NOT_SUPPORTED
  }

  /** A proposal. */
  public PresentationContext(int id, String abstractSyntax, List<String> transferSyntaxes) {
    this(id, Result.ACCEPTANCE, abstractSyntax, transferSyntaxes);
  }

  boolean accepted() {
    return result == Result.ACCEPTANCE;
  }

  PresentationContext answer(Result answer, String transferSyntax) {
    return new PresentationContext(id, answer, "", List.of(transferSyntax));
  }

  /** What both sides may use: this proposal with the answer that it got. */
  PresentationContext agreed(PresentationContext answer) {
    return new PresentationContext(
        id, answer.result, abstractSyntax, answer.transferSyntaxes);
  }
}
