package org.tessera.dicom.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.SlideRegion;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** The structured report, read back, replaced and withdrawn. */
class ResultReportTest {

  private static Attributes reread(Attributes object, Path folder) throws Exception {
    return DicomFile.read(Results.written(object, folder.resolve("x.dcm"))).dataset();
  }

  @Test
  void codesRegionsProbabilitiesAndStatusAreReadBack(@TempDir Path folder) throws Exception {
    ReportedResult written = Results.result();
    ReportedResult read =
        ResultReportReader.read(reread(Results.report(written), folder));
    assertThat(read).usingRecursiveComparison().withComparatorForType(
        (a, b) -> Math.abs(a - b) <= 1e-4 ? 0 : 1, Double.class).isEqualTo(written);
    PixelRegion region = (PixelRegion) read.findings().get(0).regions().get(0).region();
    assertThat(region.x()).isCloseTo(164.571, org.assertj.core.data.Offset.offset(1e-4));
    assertThat(read.findings().get(0).probability()).hasValue(0.831234);
  }

  @Test
  void regionsOfSlidesAreThoseOfTheWholeMatrix() throws Exception {
    ReportedRegion region =
        Results.in(Results.slide(), new SlideRegion(70_000.5, 12, 256, 300), 1);
    ReportedResult result = withFindings(List.of(finding(region)));
    Attributes object = Results.report(result);
    Attributes shape = shape(object);
    assertThat(shape.string(Tag.PixelOriginInterpretation)).contains("VOLUME");
    assertThat(ResultReportReader.read(object)).isEqualTo(result);
  }

  private static Attributes shape(Attributes object) {
    return object.items(Tag.ContentSequence).stream()
        .flatMap(each -> each.items(Tag.ContentSequence).stream())
        .flatMap(each -> each.items(Tag.ContentSequence).stream())
        .filter(each -> each.string(Tag.ValueType).orElse("").equals("SCOORD"))
        .findFirst()
        .orElseThrow();
  }

  private static ReportedFinding finding(ReportedRegion region) {
    return Results.finding(
        "F1", new Coding(Coding.SNOMED_CT, "233604007", "Pneumonia"), List.of(region));
  }

  private static ReportedResult withFindings(List<ReportedFinding> findings) {
    return new ReportedResult(
        "case-1",
        Results.SEAL,
        ReportedResult.Status.PRELIMINARY,
        Optional.empty(),
        Optional.empty(),
        findings,
        ReportedResult.NOTHING);
  }

  @Test
  void aPlaceOutsideOfTheImageNamesNoPixels() throws Exception {
    ReportedRegion outside =
        Results.in(Results.radiograph(), new PixelRegion(1, 500, 500, 400, 400), 1);
    ReportedRegion late = Results.in(Results.loop(), new PixelRegion(31, 0, 0, 4, 4), 1);
    for (ReportedRegion each : List.of(outside, late)) {
      Attributes object = Results.report(withFindings(List.of(finding(each))));
      assertThatThrownBy(() -> shape(object)).isInstanceOf(RuntimeException.class);
      ReportedRegion read =
          ResultReportReader.read(object).findings().getFirst().regions().getFirst();
      assertThat(read.region()).isEqualTo(each.region());
      assertThat(read.instance()).isEmpty();
    }
  }

  @Test
  void patientStudyAndIssuerAreThoseOfTheNewestImage() {
    Attributes object = Results.report(Results.result());
    Attributes image = Results.radiograph().dataset();
    for (int tag :
        new int[] {
          Tag.PatientName, Tag.PatientID, Tag.IssuerOfPatientID, Tag.PatientBirthDate,
          Tag.StudyInstanceUID, Tag.AccessionNumber, Tag.StudyDate
        }) {
      assertThat(object.string(tag)).isPresent().isEqualTo(image.string(tag));
    }
    assertThat(object.item(Tag.IssuerOfPatientIDQualifiersSequence)
            .flatMap(each -> each.string(Tag.UniversalEntityID)))
        .contains("1.2.840.99.1");
    assertThat(object.string(Tag.ContentDate)).contains("20260105");
    assertThat(object.string(Tag.SeriesInstanceUID))
        .isNotEqualTo(image.string(Tag.SeriesInstanceUID));
    assertThat(object.items(Tag.CurrentRequestedProcedureEvidenceSequence)).hasSize(1);
    assertThat(object.items(Tag.PertinentOtherEvidenceSequence)).isEmpty();
  }

  @Test
  void theSameResultIsTheSameFileAndAnotherSealAnother(@TempDir Path folder) throws Exception {
    byte[] one =
        Files.readAllBytes(
            Results.written(Results.report(Results.result()), folder.resolve("1.dcm")));
    byte[] two =
        Files.readAllBytes(
            Results.written(Results.report(Results.result()), folder.resolve("2.dcm")));
    assertThat(one).isEqualTo(two);
    ReportedResult amended = amended();
    assertThat(Results.report(amended).string(Tag.SOPInstanceUID))
        .isNotEqualTo(Results.report(Results.result()).string(Tag.SOPInstanceUID));
  }

  private static ReportedResult amended() {
    ReportedResult first = Results.result();
    return new ReportedResult(
            first.caseId(),
            "ef".repeat(32),
            first.status(),
            first.predecessor(),
            first.reason(),
            first.findings(),
            first.conclusion())
        .amending(Results.SEAL, "An image came late.");
  }

  @Test
  void anAmendedReportNamesTheDocumentThatItReplaces() throws Exception {
    Attributes object = Results.report(amended());
    Attributes named =
        object
            .item(Tag.PredecessorDocumentsSequence)
            .flatMap(each -> each.item(Tag.ReferencedSeriesSequence))
            .flatMap(each -> each.item(Tag.ReferencedSOPSequence))
            .orElseThrow();
    assertThat(named.string(Tag.ReferencedSOPInstanceUID))
        .isEqualTo(Results.report(Results.result()).string(Tag.SOPInstanceUID));
    ReportedResult read = ResultReportReader.read(object);
    assertThat(read.status()).isEqualTo(ReportedResult.Status.AMENDED);
    assertThat(read.predecessor()).contains(Results.SEAL);
    assertThat(read.reason()).contains("An image came late.");
  }

  @Test
  void aWithdrawnReportHasNoFindingAndItsOwnIdentity() throws Exception {
    ReportedResult withdrawn =
        Results.result().withdrawn("The images belong to another patient.");
    Attributes object = Results.report(withdrawn);
    assertThat(object.string(Tag.SOPInstanceUID))
        .isNotEqualTo(Results.report(Results.result()).string(Tag.SOPInstanceUID));
    assertThat(object.items(Tag.PredecessorDocumentsSequence)).hasSize(1);
    assertThat(ResultReportReader.read(object)).isEqualTo(withdrawn);
  }

  @Test
  void aGivenTimeIsToldInTheZoneOfTheImage() {
    SourceImage image = Results.radiograph();
    image.dataset().setString(Tag.TimezoneOffsetFromUTC, VR.SH, "+0900");
    Attributes object =
        ResultReport.write(
                Results.result(),
                Results.MODEL,
                List.of(image),
                Optional.of(OffsetDateTime.parse("2026-01-05T23:30:00Z")))
            .orElseThrow();
    assertThat(object.string(Tag.ContentDate)).contains("20260106");
    assertThat(object.string(Tag.ContentTime)).contains("083000");
    assertThat(object.string(Tag.TimezoneOffsetFromUTC)).contains("+0900");
  }

  @Test
  void withoutAnImageThereIsNoStudyToFileItIn() {
    assertThat(
            ResultReport.write(Results.result(), Results.MODEL, List.of(), Optional.empty()))
        .isEmpty();
    assertThat(
            RegionMasks.write(Results.result(), Results.MODEL, List.of(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void masksCoverTheRegionsPixelByPixel() {
    List<Attributes> objects =
        RegionMasks.write(
            Results.result(), Results.MODEL, Results.images(), Optional.empty());
    assertThat(objects).hasSize(2);
    Attributes radiograph = objects.getFirst();
    assertThat(radiograph.integer(Tag.NumberOfFrames, 0)).isEqualTo(2);
    byte[] bits = radiograph.bytes(Tag.PixelData).orElseThrow().toArray();
    int set = 0;
    for (byte each : bits) {
      set += Integer.bitCount(each & 0xFF);
    }
    // 165 to 206 by 257 to 298 (centres within 164.571 to 205.714, 257.286 to 298.452), and one.
    assertThat(set).isEqualTo(41 * 41 + 1);
    int at = 257 * 576 + 165;
    assertThat(bits[at / 8] >> at % 8 & 1).isEqualTo(1);
    assertThat(bits[(at - 1) / 8] >> (at - 1) % 8 & 1).isZero();
    assertThat(objects.get(1).integer(Tag.NumberOfFrames, 0)).isEqualTo(1);
  }

  @Test
  void otherPeoplesReportsAreRefusedWithOneSentence() throws Exception {
    Attributes foreign = Results.report(Results.result());
    foreign.remove(Tag.ContentSequence);
    assertThatThrownBy(() -> ResultReportReader.read(foreign))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("not written by this program");
    Attributes image = new Attributes().setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    assertThatThrownBy(() -> ResultReportReader.read(image))
        .isInstanceOf(RejectedInputException.class);
    Attributes broken = Results.report(Results.result());
    shape(broken).setReal(Tag.GraphicData, VR.FL, 1, 2, Double.NaN);
    assertThatThrownBy(() -> ResultReportReader.read(broken))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("rectangle");
  }

  @Test
  void aFiledPdfIsTheSameBytes(@TempDir Path folder) throws Exception {
    byte[] pdf = "%PDF-1.4 odd".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Attributes object =
        EncapsulatedPdf.write(
                pdf, Results.result(), Results.MODEL, Results.images(), Optional.empty())
            .orElseThrow();
    Path file = folder.resolve("p.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
    }
    Attributes read = DicomFile.read(file).dataset();
    assertThat(read.bytes(Tag.EncapsulatedDocument).orElseThrow().toArray()).startsWith(pdf);
    assertThat(read.integer(Tag.EncapsulatedDocumentLength, 0)).isEqualTo(pdf.length);
  }
}
