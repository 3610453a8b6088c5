package org.tessera.dicom.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.ModelCard;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.ReportedFinding;
import org.tessera.casemodel.ReportedRegion;
import org.tessera.casemodel.ReportedResult;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/** Results and images for the tests of what leaves as DICOM. */
final class Results {
  static final String SEAL = "ab".repeat(32);
  static final String STUDY = UidDictionary.derived("test study");
  static final ModelCard MODEL =
      new ModelCard(
          "tessera-test",
          "0.1.0",
          Optional.of("cd".repeat(32)),
          "cpu",
          OptionalLong.empty(),
          OptionalLong.empty(),
          "Research only.",
          List.of("Phantoms"),
          List.of("Never tried on adults."));

  private Results() {}

  static SourceImage radiograph() {
    return image("I1", UID.ComputedRadiographyImageStorage, "CR", 512, 576, "20260105");
  }

  /** A multi-frame image: of another size. */
  static SourceImage loop() {
    SourceImage image =
        image("I2", UID.UltrasoundMultiFrameImageStorage, "US", 480, 640, "20260104");
    image.dataset().setString(Tag.NumberOfFrames, VR.IS, "30");
    return image;
  }

  static SourceImage slide() {
    SourceImage image =
        image("I6", UID.VLWholeSlideMicroscopyImageStorage, "SM", 256, 256, "20260103");
    image.dataset().setString(Tag.NumberOfFrames, VR.IS, "100000");
    image.dataset().setInteger(Tag.TotalPixelMatrixColumns, VR.UL, 81_920);
    image.dataset().setInteger(Tag.TotalPixelMatrixRows, VR.UL, 79_872);
    return image;
  }

  static SourceImage image(
      String input, String type, String modality, int rows, int columns, String date) {
    Attributes image = new Attributes();
    // Japanese and Latin-2 in one data set: text is encoded anew.
    image.setString(Tag.SpecificCharacterSet, VR.CS, "", "ISO 2022 IR 87");
    image.setString(Tag.PatientName, VR.PN, "Yamada^Tarou=山田^太郎");
    image.setString(Tag.PatientID, VR.LO, "4711");
    image.setString(Tag.IssuerOfPatientID, VR.LO, "Hospital A");
    Attributes qualifier =
        image.newSequence(Tag.IssuerOfPatientIDQualifiersSequence).add(new Attributes());
    qualifier.setString(Tag.UniversalEntityID, VR.UT, "1.2.840.99.1");
    qualifier.setString(Tag.UniversalEntityIDType, VR.CS, "ISO");
    image.setString(Tag.PatientBirthDate, VR.DA, "19700101");
    image.setString(Tag.PatientSex, VR.CS, "F");
    image.setString(Tag.StudyInstanceUID, VR.UI, STUDY);
    image.setString(Tag.StudyID, VR.SH, "S1");
    image.setString(Tag.StudyDate, VR.DA, date);
    image.setString(Tag.StudyTime, VR.TM, "083000");
    image.setString(Tag.AcquisitionDate, VR.DA, date);
    image.setString(Tag.AcquisitionTime, VR.TM, "083700");
    image.setString(Tag.AccessionNumber, VR.SH, "A123");
    image.setString(Tag.ReferringPhysicianName, VR.PN, "Who^Cares");
    image.setString(Tag.Modality, VR.CS, modality);
    image.setString(Tag.SOPClassUID, VR.UI, type);
    image.setString(Tag.SOPInstanceUID, VR.UI, UidDictionary.derived("test image " + input));
    image.setString(
        Tag.SeriesInstanceUID, VR.UI, UidDictionary.derived("test series " + input));
    image.setInteger(Tag.Rows, VR.US, rows);
    image.setInteger(Tag.Columns, VR.US, columns);
    return SourceImage.of(input, image).orElseThrow();
  }

  static ReportedRegion in(SourceImage image, EvidenceRegion region, double weight) {
    return new ReportedRegion(
        image.input(), Optional.of(reference(image)), region, weight);
  }

  private static org.tessera.casemodel.StudyReference reference(SourceImage image) {
    return new org.tessera.casemodel.StudyReference(
        image.reference().studyUid(),
        image.reference().seriesUid(),
        image.reference().sopClassUid(),
        image.reference().sopInstanceUid(),
        Optional.empty());
  }

  static ReportedRegion elsewhere(String input, EvidenceRegion region, double weight) {
    return new ReportedRegion(input, Optional.empty(), region, weight);
  }

  static ReportedFinding finding(String id, Coding code, List<ReportedRegion> regions) {
    return new ReportedFinding(
        id,
        code,
        OptionalDouble.of(0.831234),
        Optional.of(new Finding.Interval(0.71, 0.910001, 0.95, "sampled passes")),
        Optional.of(new Finding.OperatingPoint(0.5, 0.9, 0.8, "validation")),
        regions,
        "Supported; checks passed: evidence-drop, wrong-patient, blank-input.");
  }

  static ReportedResult result() {
    List<ReportedFinding> findings = new ArrayList<>();
    findings.add(
        finding(
            "F1",
            new Coding(Coding.SNOMED_CT, "233604007", "Pneumonia"),
            List.of(
                in(radiograph(), new PixelRegion(1, 164.571, 257.286, 41.1429, 41.1658), 1),
                elsewhere("I3", new TextSpan(3, 12), 0.5),
                in(loop(), new PixelRegion(17, 0, 0, 640, 480), 0.25),
                elsewhere("I4", new TimeInterval(1.5, 2.25), 0.125),
                elsewhere("I5", new RecordEntry("Condition/12", "code"), 0.1))));
    findings.add(
        finding("F2", new Coding(Coding.PHANTOM, "opacity", "Drawn opacity"), List.of()));
    findings.add(
        finding(
            "F3",
            new Coding("http://example.com/codes", "a-code-of-many-letters-42", "Schatten über"),
            List.of(in(radiograph(), new PixelRegion(1, 0, 0, 1, 1), 1))));
    return new ReportedResult(
        "case-1",
        SEAL,
        ReportedResult.Status.PRELIMINARY,
        Optional.empty(),
        Optional.empty(),
        findings,
        "Pneumonia, probability 83 %.");
  }

  static List<SourceImage> images() {
    return List.of(radiograph(), loop(), slide());
  }

  static Attributes report(ReportedResult result) {
    return ResultReport.write(result, MODEL, images(), Optional.empty()).orElseThrow();
  }

  static Path written(Attributes object, Path file) throws IOException {
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(object, TransferSyntax.EXPLICIT_LITTLE);
    }
    return file;
  }
}
