package org.tessera.explain.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Highlight;

/** The sample report with its first finding changed. */
final class SampleFindingsEdit {
  private SampleFindingsEdit() {}

  static CaseReport untrusted(CaseReport report) {
    Finding first = report.findings().getFirst();
    Explanation distrusted =
        new Explanation(
            "gradient-weighted attention", false, first.explanation().orElseThrow().tests());
    return withFirst(report, copy(first, first.highlights(), Optional.of(distrusted)));
  }

  static CaseReport highlighted(CaseReport report, List<Highlight> highlights) {
    Finding first = report.findings().getFirst();
    return withFirst(report, copy(first, highlights, first.explanation()));
  }

  private static Finding copy(
      Finding finding, List<Highlight> highlights, Optional<Explanation> explanation) {
    return new Finding(
        finding.id(),
        finding.code(),
        finding.probability(),
        finding.interval(),
        finding.operatingPoint(),
        finding.status(),
        finding.statusReason(),
        finding.baseline(),
        finding.contributions(),
        highlights,
        explanation,
        finding.checks());
  }

  private static CaseReport withFirst(CaseReport report, Finding first) {
    List<Finding> findings = new ArrayList<>(report.findings());
    findings.set(0, first);
    return SampleCase.withFindings(report, findings);
  }
}
