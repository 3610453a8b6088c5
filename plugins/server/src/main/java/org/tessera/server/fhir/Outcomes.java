package org.tessera.server.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** OperationOutcomes out of sentences. */
final class Outcomes {
  private Outcomes() {}

  /** What went wrong. */
  static OperationOutcome error(int status, List<String> sentences) {
    return of(IssueSeverity.ERROR, type(status), sentences);
  }

  /** What has to be known although it went well. */
  static OperationOutcome warning(List<String> sentences) {
    return of(IssueSeverity.WARNING, IssueType.INCOMPLETE, sentences);
  }

  /** What is going on. */
  static OperationOutcome information(String sentence) {
    return of(IssueSeverity.INFORMATION, IssueType.INFORMATIONAL, List.of(sentence));
  }

  private static OperationOutcome of(
      IssueSeverity severity, IssueType type, List<String> sentences) {
    OperationOutcome outcome = new OperationOutcome();
    for (String each : sentences) {
      outcome.addIssue().setSeverity(severity).setCode(type).setDiagnostics(each);
    }
    return outcome;
  }

  /** An exception that is answered with the sentences. */
  static BaseServerResponseException exception(int status, List<String> sentences) {
    return new Refusal(status, sentences);
  }

  static BaseServerResponseException exception(int status, String sentence) {
    return exception(status, List.of(sentence));
  }

  private static IssueType type(int status) {
    return switch (status) {
      case 400, 415, 422 -> IssueType.INVALID;
      case 404, 410 -> IssueType.NOTFOUND;
      case 405, 501 -> IssueType.NOTSUPPORTED;
      case 413 -> IssueType.TOOLONG;
      case 503 -> IssueType.THROTTLED;
      case 507 -> IssueType.NOSTORE;
      default -> status < 500 ? IssueType.PROCESSING : IssueType.EXCEPTION;
    };
  }
}
