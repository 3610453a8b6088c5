package org.tessera.runtime;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedResult;

/**
 * The circumstances under which a result is made.
 *
 * @param made when the case was complete; every object of the result bears this time. Without it
 *     they bear that of the newest image
 * @param earlier the result that this one takes the place of
 */
public record ResultIssue(Optional<Instant> made, Optional<Earlier> earlier) {

  /**
   * A result that must not be used any more.
   *
   * @param seal of it
   * @param findings that it reported
   * @param why it is replaced; one sentence
   */
  public record Earlier(String seal, List<ReportedFinding> findings, String why) {
    public Earlier {
      findings = List.copyOf(findings);
    }
  }

  /** A first result without a time of its own, as {@code analyze} makes it. */
  public static ResultIssue first() {
    return new ResultIssue(Optional.empty(), Optional.empty());
  }

  /** The time, for DICOM. */
  Optional<OffsetDateTime> time() {
    return made.map(each -> each.atOffset(ZoneOffset.UTC));
  }

  /** The result, in the place of the earlier one if there is one. */
  ReportedResult issued(ReportedResult result) {
    return earlier
        .filter(each -> !each.seal().equals(result.seal()))
        .map(each -> result.amending(each.seal(), each.why()))
        .orElse(result);
  }

  /** The findings that must not be used any more. */
  List<ReportedFinding> replaced() {
    return earlier.map(Earlier::findings).orElse(List.of());
  }
}
