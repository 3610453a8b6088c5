package org.tessera.runtime;

import java.nio.file.Path;
import org.tessera.casemodel.CaseReport;

/**
 * What became of a case.
 *
 * @param report the outcome
 * @param reportFile the page for a person
 * @param seal of the result, 64 hexadecimal digits
 */
public record CaseOutcome(CaseReport report, Path reportFile, String seal) {

  /** True if the case was analysed; false if it was stopped. */
  public boolean completed() {
    return report.status() == CaseReport.Status.COMPLETED;
  }
}
