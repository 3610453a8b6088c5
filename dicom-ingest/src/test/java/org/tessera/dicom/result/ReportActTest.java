package org.tessera.dicom.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;

/** Reports signed and withdrawn by a person, read back. */
class ReportActTest {
  private static final Instant WHEN = Instant.parse("2026-11-30T02:03:04Z");

  static Attributes signed() throws IOException {
    try {
      Attributes report = Results.report(Results.result());
      ReportAct.sign(
          report, new Clinician("김 Min^Ji", Optional.empty(), Optional.empty()), WHEN);
      return report;
    } catch (RejectedInputException e) {
      throw new IOException(e);
    }
  }

  static Attributes withdrawn(String why) throws IOException {
    try {
      Attributes report = Results.report(Results.result());
      ReportAct.withdraw(report, why, WHEN);
      return report;
    } catch (RejectedInputException e) {
      throw new IOException(e);
    }
  }

  private static String uid(Attributes report) {
    return report.string(Tag.SOPInstanceUID).orElseThrow();
  }

  private static String replaced(Attributes report) {
    return report
        .item(Tag.PredecessorDocumentsSequence)
        .flatMap(each -> each.item(Tag.ReferencedSeriesSequence))
        .flatMap(each -> each.item(Tag.ReferencedSOPSequence))
        .flatMap(each -> each.string(Tag.ReferencedSOPInstanceUID))
        .orElseThrow();
  }

  @Test
  void aSignedReportIsVerifiedFinalAndTakesThePlaceOfTheOther() throws Exception {
    Attributes first = Results.report(Results.result());
    Attributes signed = signed();
    assertThat(replaced(signed)).isEqualTo(uid(first));
    assertThat(uid(signed)).isNotEqualTo(uid(first));
    assertThat(signed.string(Tag.VerificationFlag)).contains("VERIFIED");
    assertThat(signed.string(Tag.PreliminaryFlag)).contains("FINAL");
    Attributes observer = signed.item(Tag.VerifyingObserverSequence).orElseThrow();
    assertThat(observer.string(Tag.VerifyingObserverName)).contains("김 Min Ji");
    assertThat(observer.string(Tag.VerificationDateTime).orElseThrow())
        .startsWith(signed.string(Tag.ContentDate).orElseThrow())
        .matches("\\d{14}[+-]\\d{4}");
    ReportedResult read = ResultReportReader.read(signed);
    assertThat(read.status()).isEqualTo(ReportedResult.Status.FINAL);
    assertThat(read.findings()).isEqualTo(ResultReportReader.read(first).findings());
    assertThat(read.predecessor()).contains(Results.SEAL);
  }

  @Test
  void aReportTakenBackIsWhatAWithdrawnResultWouldBe() throws Exception {
    String why = "The images belong to another patient.";
    Attributes taken = withdrawn(why);
    assertThat(replaced(taken)).isEqualTo(uid(Results.report(Results.result())));
    assertThat(uid(taken)).isEqualTo(uid(Results.report(Results.result().withdrawn(why))));
    assertThat(ResultReportReader.read(taken)).isEqualTo(Results.result().withdrawn(why));
  }

  @Test
  void whatIsNoReportOfOursIsRefused() {
    assertThatThrownBy(() -> ReportAct.withdraw(new Attributes(), "x", WHEN))
        .isInstanceOf(RejectedInputException.class);
  }
}
