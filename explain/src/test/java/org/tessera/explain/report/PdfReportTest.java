package org.tessera.explain.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ReportedResult;

class PdfReportTest {

  private static String text(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void thePageTellsWhatMayLeaveAndNothingElse() throws Exception {
    CaseReport report = SampleCase.report();
    ReportedResult result = ReportedResult.of(report, "ab".repeat(32));
    String text = text(PdfReport.of(report, result));
    assertThat(result.findings()).isNotEmpty();
    for (Finding each : report.findings()) {
      if (each.status() == Finding.Status.SUPPORTED) {
        assertThat(text).contains(each.code().display());
      } else {
        assertThat(text).doesNotContain(each.code().display());
      }
    }
    assertThat(text)
        .contains("not verified by a clinician", "not a negative result", "ab".repeat(32));
  }

  @Test
  void theSameResultGivesTheSameBytesAndStrangeLettersDoNoHarm() throws Exception {
    CaseReport report = SampleCase.report();
    ReportedResult result =
        ReportedResult.of(report, "ab".repeat(32)).withdrawn("山田 \u0007 " + "x".repeat(5000));
    assertThat(PdfReport.of(report, result)).isEqualTo(PdfReport.of(report, result));
    assertThat(text(PdfReport.of(report, result))).contains("??");
  }
}
