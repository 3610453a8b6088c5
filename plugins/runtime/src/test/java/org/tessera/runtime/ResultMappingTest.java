package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Explanation;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.TextSpan;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.DicomPixels;
import org.tessera.dicom.result.ResultReportReader;
import org.tessera.explain.report.Artifact;
import org.tessera.explain.report.ResultJson;
import org.tessera.explain.report.Seal;
import org.tessera.fhir.FhirBundleWriter;
import org.tessera.fhir.FhirResultReader;

/** The same result in {@code result.json}, in the SR and in the bundle. */
class ResultMappingTest {
  private static final double PIXEL = 1;

  private static Attributes radiograph() {
    Attributes image = new Attributes();
    image.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    image.setString(Tag.SOPClassUID, VR.UI, UID.ComputedRadiographyImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3.4.5");
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3.4");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.4.9");
    image.setString(Tag.PatientID, VR.LO, "4711");
    image.setString(Tag.PatientName, VR.PN, "Müller^Änne");
    image.setString(Tag.Modality, VR.CS, "CR");
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setInteger(Tag.Rows, VR.US, 60);
    image.setInteger(Tag.Columns, VR.US, 80);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    return image.setBytes(Tag.PixelData, VR.OB, new byte[80 * 60]);
  }

  private static Finding finding(
      String id, Coding code, Status status, boolean trusted, EvidenceRegion image) {
    return new Finding(
        id,
        code,
        OptionalDouble.of(0.83123456),
        Optional.of(new Finding.Interval(0.71, 0.9155555, 0.8, "passes")),
        Optional.of(new Finding.OperatingPoint(0.5, 0.9, 0.8, "validation")),
        status,
        Optional.of("A secret reason."),
        OptionalDouble.of(0),
        Map.of(),
        List.of(
            new Highlight("I1", image, 1), new Highlight("I2", new TextSpan(2, 7), 0.4567891)),
        Optional.of(new Explanation("occlusion", trusted, List.of())),
        List.of());
  }

  private static CaseReport report(Path file) throws Exception {
    DicomFile parsed = DicomFile.read(file);
    PatientIdentity patient = PatientIdentity.of("4711", Optional.empty());
    EvidenceOrigin image =
        new EvidenceOrigin(
            "I1",
            "image.dcm",
            "application/dicom",
            "00".repeat(32),
            Optional.empty(),
            Optional.empty(),
            Optional.of(patient));
    EvidenceOrigin note =
        new EvidenceOrigin(
            "I2",
            "note.txt",
            "text/plain",
            "11".repeat(32),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new CaseReport(
        new PatientCase(
            "C1",
            Optional.of(patient),
            List.of(
                new ImageEvidence(
                    image,
                    new DicomPixels(parsed, ParseLimits.standard()),
                    Orientation.UPRIGHT,
                    Optional.of("CR"),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.empty(),
                    Optional.empty()),
                new NoteEvidence(note, () -> "A cough.")),
            List.of(),
            false),
        CaseReport.Status.COMPLETED,
        Optional.empty(),
        List.of(),
        10,
        Map.of(),
        "cd".repeat(32),
        new ModelCard(
            "m",
            "1",
            Optional.of("ef".repeat(32)),
            "cpu",
            OptionalLong.empty(),
            OptionalLong.empty(),
            "Research only.",
            List.of(),
            List.of()),
        List.of(
            finding(
                "F1",
                new Coding(Coding.SNOMED_CT, "233604007", "Pneumonia"),
                Status.SUPPORTED,
                true,
                new PixelRegion(1, 10.2857, 3.3333, 20.5, 30.25)),
            finding(
                "F2",
                new Coding(Coding.PHANTOM, "opacity", "Drawn opacity"),
                Status.SUPPORTED,
                false,
                new PixelRegion(1, 1, 1, 5, 5)),
            finding(
                "F3",
                new Coding(Coding.SNOMED_CT, "49727002", "Cough"),
                Status.WITHHELD,
                true,
                new PixelRegion(1, 1, 1, 5, 5)),
            finding(
                "F4",
                new Coding(Coding.SNOMED_CT, "840539006", "COVID-19"),
                Status.NOT_FOUND,
                true,
                new PixelRegion(1, 1, 1, 5, 5))),
        List.of(),
        Map.of());
  }

  private static Path image(Path folder) throws Exception {
    Path file = folder.resolve("image.dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(radiograph(), TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }

  @Test
  void srAndBundleSayTheSameAsTheResult(@TempDir Path folder) throws Exception {
    Path file = image(folder);
    CaseReport report = report(file);
    DicomResults dicom =
        DicomResults.of(
            new AssembledCase(report.patientCase(), Map.of("I1", file), Optional.empty()));
    ReportedResult result = dicom.reported(report, Seal.of(report).result());
    List<Artifact> written = dicom.write(report, result, Optional.empty(), folder);
    assertThat(written)
        .containsExactly(
            new Artifact("report.dcm", "dicom-sr"),
            new Artifact("seg.dcm", "dicom-seg"),
            new Artifact("report-pdf.dcm", "dicom-pdf"));
    ReportedResult fromSr =
        ResultReportReader.read(DicomFile.read(folder.resolve("report.dcm")).dataset());
    String bundle =
        FhirBundleWriter.write(report, result, Optional.empty(), List.of());
    ReportedResult fromFhir = FhirResultReader.read(bundle);
    assertThat(fromFhir).isEqualTo(result);
    assertThat(fromSr)
        .usingRecursiveComparison()
        .withComparatorForType((a, b) -> Math.abs(a - b) <= 1e-4 ? 0 : 1, Double.class)
        .isEqualTo(fromFhir);
    // And across: what was read from the SR, written as FHIR, and back.
    assertThat(
            FhirResultReader.read(
                FhirBundleWriter.write(report, fromSr, Optional.empty(), List.of())))
        .isEqualTo(fromSr);
    equalsResult(ResultJson.of(report, written), fromSr);
  }

  private static void equalsResult(JsonNode json, ReportedResult sr) {
    int supported = 0;
    for (JsonNode each : json.path("findings")) {
      if (!each.path("status").asText().equals("supported")) {
        continue;
      }
      ReportedFinding finding = sr.findings().get(supported++);
      assertThat(finding.id()).isEqualTo(each.path("id").asText());
      assertThat(finding.code().code()).isEqualTo(each.path("code").path("code").asText());
      assertThat(finding.code().system()).isEqualTo(each.path("code").path("system").asText());
      assertThat(finding.probability().orElseThrow())
          .isCloseTo(
              each.path("probability").asDouble(),
              org.assertj.core.data.Offset.offset(1e-6));
      assertThat(finding.regions()).hasSize(each.path("highlights").size());
      for (int i = 0; i < finding.regions().size(); i++) {
        ReportedRegion region = finding.regions().get(i);
        JsonNode place = each.path("highlights").path(i).path("region");
        if (region.region() instanceof PixelRegion at) {
          assertThat(
                  new double[] {
                    at.x() - place.path("x").asDouble(),
                    at.y() - place.path("y").asDouble(),
                    at.width() - place.path("width").asDouble(),
                    at.height() - place.path("height").asDouble()
                  })
              .usingComparatorWithPrecision(PIXEL / 100)
              .containsExactly(0, 0, 0, 0);
          assertThat(region.instance().orElseThrow().sopInstanceUid()).isEqualTo("1.2.3.4.5");
        }
      }
    }
    assertThat(supported).isEqualTo(2);
    assertThat(sr.findings()).hasSize(2);
  }

  @Test
  void whatIsNotSupportedHasNoWayOut(@TempDir Path folder) throws Exception {
    Path file = image(folder);
    CaseReport report = report(file);
    DicomResults dicom =
        DicomResults.of(
            new AssembledCase(report.patientCase(), Map.of("I1", file), Optional.empty()));
    ReportedResult result = dicom.reported(report, Seal.of(report).result());
    dicom.write(report, result, Optional.empty(), folder);
    for (String name : List.of("report.dcm", "seg.dcm")) {
      String bytes =
          Files.readString(
              folder.resolve(name), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(bytes)
          .doesNotContain("49727002", "840539006", "COVID", "secret")
          .contains("4711");
    }
    assertThat(FhirBundleWriter.write(report, result, Optional.empty(), List.of()))
        .doesNotContain("49727002", "840539006", "COVID", "secret");
  }

  @Test
  void withoutADicomImageThereIsNoDicomResult(@TempDir Path folder) throws Exception {
    CaseReport report = report(image(folder));
    DicomResults dicom =
        DicomResults.of(new AssembledCase(report.patientCase(), Map.of(), Optional.empty()));
    ReportedResult result = dicom.reported(report, "ab".repeat(32));
    assertThat(dicom.write(report, result, Optional.empty(), folder)).isEmpty();
    assertThat(folder.resolve("report.dcm")).doesNotExist();
  }
}
