package org.tessera.dicom.result;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.Clinician;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedResult;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.DicomTime;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;

/**
 * What a person does with a report that is there, as a report in its place: made of the data set of
 * the earlier one ({@link ResultReport}), with a UID of its own, and with the earlier one as its
 * predecessor (PS3.3 C.17.2). The images need not be there any more.
 *
 * <p>Signed: complete, verified and final, with the clinician as verifying observer. Withdrawn: no
 * finding, and the reason.
 */
public final class ReportAct {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT);

  private ReportAct() {}

  /**
   * Makes a report the signed one.
   *
   * @param report changed in place
   * @throws RejectedInputException if it is no report of ours
   */
  public static void sign(Attributes report, Clinician by, Instant when)
      throws RejectedInputException {
    ReportedResult result = ResultReportReader.read(report);
    OffsetDateTime time = replace(report, "signed report", result.seal(), when);
    report.setString(Tag.SeriesDescription, VR.LO, "Findings of a model, signed");
    report.setString(Tag.VerificationFlag, VR.CS, "VERIFIED");
    report.setString(Tag.PreliminaryFlag, VR.CS, "FINAL");
    Attributes observer =
        report.newSequence(Tag.VerifyingObserverSequence).add(new Attributes());
    observer.setString(
        Tag.VerifyingOrganization,
        VR.LO,
        report.string(Tag.InstitutionName).filter(each -> !each.isBlank()).orElse("not stated"));
    observer.setString(
        Tag.VerificationDateTime,
        VR.DT,
        DATE_TIME.format(time) + time.getOffset().getId().replace(":", "").replace("Z", "+0000"));
    observer.setString(
        Tag.VerifyingObserverName, VR.PN, by.name().replaceAll("[\\\\^=]", " ").strip());
    observer.newSequence(Tag.VerifyingObserverIdentificationCodeSequence);
    evaluate(
        report,
        ReportedResult.Status.FINAL,
        ReportedResult.signed(result.conclusion()),
        ReportedResult.SIGNED_STATEMENT,
        result.reason());
  }

  /**
   * Makes a report the one that withdraws it.
   *
   * @param report changed in place
   * @param why one sentence
   * @throws RejectedInputException if it is no report of ours
   */
  public static void withdraw(Attributes report, String why, Instant when)
      throws RejectedInputException {
    ReportedResult result = ResultReportReader.read(report);
    replace(report, "withdrawal", result.seal(), when);
    report.setString(Tag.SeriesDescription, VR.LO, "Withdrawn, not to be used");
    for (Attributes container : children(report, Concepts.MEASUREMENTS)) {
      List<Attributes> kept =
          container.items(Tag.ContentSequence).stream()
              .filter(each -> !isNamed(each, Concepts.GROUP))
              .toList();
      Sequence rest = container.newSequence(Tag.ContentSequence);
      kept.forEach(rest::add);
    }
    evaluate(
        report,
        ReportedResult.Status.ENTERED_IN_ERROR,
        ReportedResult.withdrawal(why),
        ReportedResult.STATEMENT,
        Optional.of(why));
  }

  /** Another document in the place of this one; tells the time in the zone of the document. */
  private static OffsetDateTime replace(
      Attributes report, String kind, String seal, Instant when) {
    String study = report.string(Tag.StudyInstanceUID).orElse("");
    String series = report.string(Tag.SeriesInstanceUID).orElse("");
    String instance = report.string(Tag.SOPInstanceUID).orElse("");
    ResultReport.predecessor(report, study, series, instance);
    report.setString(
        Tag.SOPInstanceUID, VR.UI, ResultUids.object(kind, seal));
    report.setString(
        Tag.SeriesInstanceUID,
        VR.UI,
        ResultUids.object(kind + " series", seal));
    ZoneOffset zone =
        report
            .string(Tag.TimezoneOffsetFromUTC)
            .map(String::strip)
            .flatMap(DicomTime::offset)
            .orElse(ZoneOffset.UTC);
    OffsetDateTime time = when.atOffset(zone);
    ResultObject.time(report, time);
    return time;
  }

  private static void evaluate(
      Attributes report,
      ReportedResult.Status status,
      String conclusion,
      String statement,
      Optional<String> reason) {
    for (Attributes container : children(report, Concepts.QUALITATIVE)) {
      List<Attributes> others =
          container.items(Tag.ContentSequence).stream()
              .filter(
                  each ->
                      !isNamed(each, Concepts.STATUS)
                          && !isNamed(each, Concepts.CONCLUSION)
                          && !isNamed(each, Concepts.STATEMENT)
                          && !isNamed(each, Concepts.REASON)
                          && !isNamed(each, Concepts.PREDECESSOR))
              .toList();
      String seal =
          others.stream()
              .filter(each -> isNamed(each, Concepts.SEAL))
              .findFirst()
              .flatMap(each -> each.string(Tag.TextValue))
              .orElse("");
      Sequence said = container.newSequence(Tag.ContentSequence);
      ContentItems.code(
          container,
          ContentItems.CONTAINS,
          Concepts.STATUS,
          CodingSchemes.own(status.wireName(), status.wireName()));
      text(container, Concepts.CONCLUSION, conclusion);
      text(container, Concepts.STATEMENT, statement);
      reason.ifPresent(each -> text(container, Concepts.REASON, each));
      text(container, Concepts.PREDECESSOR, seal);
      others.forEach(said::add);
    }
  }

  private static void text(Attributes container, Code concept, String words) {
    ContentItems.text(container, ContentItems.CONTAINS, concept, words);
  }

  private static List<Attributes> children(Attributes parent, Code concept) {
    return parent.items(Tag.ContentSequence).stream()
        .filter(each -> isNamed(each, concept))
        .toList();
  }

  static boolean isNamed(Attributes item, Code concept) {
    return Code.of(item, Tag.ConceptNameCodeSequence)
        .filter(
            code ->
                code.value().equals(concept.value()) && code.scheme().equals(concept.scheme()))
        .isPresent();
  }
}
