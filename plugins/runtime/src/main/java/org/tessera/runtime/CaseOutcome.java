package org.tessera.runtime;

import java.nio.file.Path;
import org.tessera.casemodel.CaseReport;

/**
 * What became of a case.
 *
 * @param report the outcome
 * @param reportFile the page for a person
 */
public record CaseOutcome(CaseReport report, Path reportFile) {

  /** True if the case was analysed; false if it was stopped. */
  public boolean completed() {
    return report.status() == CaseReport.Status.COMPLETED;
  }
}
