package org.tessera.dicom.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.Sex;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.RadiographWriter;

class DecoderTest {
  private static Evidence decode(Path file) throws IOException, RejectedInputException {
    return new DicomDecoder().decode(TestData.content(file), TestData.context()).getFirst();
  }

  private static Attributes chest() {
    Attributes common = new Attributes();
    common.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    common.setString(Tag.PatientID, VR.LO, "T-1");
    common.setString(Tag.IssuerOfPatientID, VR.LO, "Ward 3");
    common.setString(Tag.PatientName, VR.PN, "Hong^Gildong=洪^吉洞");
    common.setString(Tag.PatientBirthDate, VR.DA, "19700228");
    common.setString(Tag.PatientSex, VR.CS, "F");
    common.setString(Tag.StudyDate, VR.DA, "20240301");
    common.setString(Tag.StudyTime, VR.TM, "0815");
    common.setString(Tag.AccessionNumber, VR.SH, "A1");
    common.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    common.setString(Tag.ViewPosition, VR.CS, "PA");
    common.setString(Tag.ImagerPixelSpacing, VR.DS, "0.14", "0.14");
    return common;
  }

  private static ImageEvidence written(Path folder, Attributes common, short... samples)
      throws IOException, RejectedInputException {
    Path file = folder.resolve("r.dcm");
    RadiographWriter.write(file, samples, 2, samples.length / 2, common);
    return (ImageEvidence) decode(file);
  }

  @Test
  void aRadiographBringsItsPatientTimeStudyAndView(@TempDir Path folder)
      throws IOException, RejectedInputException {
    ImageEvidence image = written(folder, chest(), (short) 0, (short) 1, (short) 2, (short) 3);
    PatientIdentity patient = image.origin().patient().orElseThrow();
    assertThat(patient.id()).hasValue("T-1");
    assertThat(patient.issuer()).hasValue("Ward 3");
    assertThat(patient.name()).hasValue("Hong^Gildong=洪^吉洞");
    assertThat(patient.birthDate()).hasValue(LocalDate.of(1970, 2, 28));
    assertThat(patient.sex()).hasValue(Sex.FEMALE);
    assertThat(image.origin().acquired()).hasValue(Instant.parse("2024-03-01T08:15:00Z"));
    assertThat(image.origin().source()).isEqualTo("r.dcm");
    assertThat(image.acquisition()).hasValue("DX");
    assertThat(image.bodyPart()).hasValue("CHEST");
    assertThat(image.view()).hasValue("PA");
    assertThat(image.pixelSpacing()).hasValue(0.14);
    assertThat(image.study().orElseThrow().accession()).hasValue("A1");
    assertThat(image.study().orElseThrow().seriesUid())
        .isEqualTo(image.origin().group().orElseThrow());
  }

  @Test
  void moreIsBrighterHoweverTheImageIsStored(@TempDir Path folder)
      throws IOException, RejectedInputException {
    short[] rising = {0, 100, 200, 400};
    Attributes common = chest();
    assertThat(written(folder, common, rising).pixels().readFrame(1).samples())
        .containsExactly(0, 0.25f, 0.5f, 1);
    common.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME1");
    assertThat(written(folder, common, rising).pixels().readFrame(1).samples())
        .containsExactly(1, 0.75f, 0.5f, 0);
  }

  @Test
  void patientOrientationTellsAllEightWaysToLie(@TempDir Path folder)
      throws IOException, RejectedInputException {
    Map<String, Orientation> expected =
        Map.of(
            "L\\F", Orientation.UPRIGHT,
            "R\\F", Orientation.MIRRORED,
            "R\\H", Orientation.TURNED_180,
            "L\\H", Orientation.FLIPPED,
            "F\\L", Orientation.TRANSPOSED,
            "H\\R", Orientation.TRANSVERSE,
            "F\\R", Orientation.TURN_CLOCKWISE,
            "H\\L", Orientation.TURN_COUNTERCLOCKWISE);
    assertThat(expected).hasSize(Orientation.values().length);
    for (var entry : expected.entrySet()) {
      Attributes common = chest();
      common.setString(Tag.PatientOrientation, VR.CS, entry.getKey().split("\\\\"));
      assertThat(written(folder, common, (short) 1, (short) 2).orientation())
          .as(entry.getKey())
          .isEqualTo(entry.getValue());
    }
  }

  /** Paints letters of an upright patient, lays the image down, and stands it up again. */
  @Test
  void standingAnImageUpBringsHeadUpAndPatientLeftToTheRight() {
    for (String text : new String[] {"L F", "R F", "R H", "L H", "F L", "H R", "F R", "H L"}) {
      Attributes image = new Attributes();
      image.setString(Tag.Modality, VR.CS, "DX");
      image.setString(Tag.PatientOrientation, VR.CS, text.split(" "));
      Orientation orientation = PatientFacing.of(image);
      // A step right in the upright image must go to the patient's left, one down to the feet.
      double right = orientation.storedX(2, 1, 10) - orientation.storedX(1, 1, 10);
      double rightDown = orientation.storedY(2, 1, 10) - orientation.storedY(1, 1, 10);
      double down = orientation.storedX(1, 2, 10) - orientation.storedX(1, 1, 10);
      double downDown = orientation.storedY(1, 2, 10) - orientation.storedY(1, 1, 10);
      assertThat(direction(text, right, rightDown)).as(text).isEqualTo('L');
      assertThat(direction(text, down, downDown)).as(text).isEqualTo('F');
    }
  }

  private static char direction(String text, double dx, double dy) {
    char letter = dx != 0 ? text.charAt(0) : text.charAt(2);
    boolean forward = dx + dy > 0;
    String opposite = "RLHF";
    String letters = "LRFH";
    return forward ? letter : opposite.charAt(letters.indexOf(letter));
  }

  @Test
  void aLateralOrTomographicImageStaysAsItIs() {
    Attributes image = new Attributes();
    image.setString(Tag.Modality, VR.CS, "DX");
    image.setString(Tag.PatientOrientation, VR.CS, "A", "F");
    assertThat(PatientFacing.of(image)).isEqualTo(Orientation.UPRIGHT);
    image.setString(Tag.Modality, VR.CS, "CT");
    image.setString(Tag.PatientOrientation, VR.CS, "R", "H");
    assertThat(PatientFacing.of(image)).isEqualTo(Orientation.UPRIGHT);
  }

  @Test
  void aSliceLiesAlongTheNormalOfItsPlane() {
    Attributes image = new Attributes();
    assertThat(SlicePosition.of(image)).isEmpty();
    image.setString(Tag.InstanceNumber, VR.IS, "7");
    assertThat(SlicePosition.of(image)).hasValue(7);
    image.setString(Tag.ImagePositionPatient, VR.DS, "-120", "-80", "33.5");
    image.setString(Tag.ImageOrientationPatient, VR.DS, "1", "0", "0", "0", "1", "0");
    assertThat(SlicePosition.of(image)).hasValue(33.5);
    image.setString(Tag.ImageOrientationPatient, VR.DS, "0", "1", "0", "0", "0", "-1");
    assertThat(SlicePosition.of(image)).hasValue(120);
  }

  @Test
  void anUltrasoundLoopIsACineWithItsRate() throws IOException, RejectedInputException {
    CineEvidence cine = (CineEvidence) decode(TestData.interop("pydicom--examples_ybr_color.dcm"));
    assertThat(cine.pixels().frames()).isEqualTo(30);
    assertThat(cine.times().framesPerSecond().orElseThrow()).isBetween(30.0, 30.01);
    assertThat(cine.times().seconds(30).orElseThrow()).isBetween(0.966, 0.967);
    assertThat(cine.pixels().readFrame(1).samples())
        .isNotEqualTo(cine.pixels().readFrame(30).samples());
  }

  @Test
  void aTiledSlideIsReadAcrossItsTiles() throws IOException, RejectedInputException {
    SlideEvidence slide = (SlideEvidence) decode(TestData.slides().resolve("sm_image.dcm"));
    assertThat(slide.micronsPerPixel()).hasValue(0.499);
    int width = slide.pixels().width();
    PixelTile whole = slide.pixels().readFrame(1);
    PixelTile part = slide.pixels().read(new PixelRegion(1, 7, 8, 20, 20), 1);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 60; x++) {
        assertThat(part.samples()[y * 60 + x])
            .isEqualTo(whole.samples()[(y + 8) * width * 3 + 21 + x]);
      }
    }
  }

  @Test
  void whatIsNoImageIsRefusedByItsName() {
    Map<String, String> sentences =
        Map.of(
            "pydicom--DICOMDIR",
            "The file is a DICOM directory (DICOMDIR); its images are in the files it lists.",
            "pydicom--test-SR.dcm",
            "The DICOM file is a structured report (Comprehensive SR Storage),"
                + " which is not read as an image.",
            "pydicom--waveform_ecg.dcm",
            "The DICOM file is a waveform, such as an ECG (12-lead ECG Waveform Storage),"
                + " which is not read as an image.",
            "pydicom--rtdose_1frame.dcm",
            "The DICOM file is a radiotherapy object (RT Dose Storage),"
                + " which is not read as an image.",
            "pydicom--IM000000",
            "The DICOM file (CT Image Storage) holds no image.");
    sentences.forEach(
        (name, sentence) -> {
          Path file = TestData.interop(name);
          assertThatThrownBy(() -> decode(file))
              .as(name)
              .isInstanceOf(RejectedInputException.class)
              .hasMessage(sentence);
        });
  }

  @Test
  void severalThreadsReadTheSameFramesAtOnce() throws Exception {
    CineEvidence cine = (CineEvidence) decode(TestData.interop("pydicom--examples_ybr_color.dcm"));
    float[] third = cine.pixels().readFrame(3).samples();
    float[] ninth = cine.pixels().readFrame(9).samples();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      var readings =
          threads.invokeAll(
              IntStream.range(0, 40)
                  .<Callable<float[]>>mapToObj(
                      i -> () -> cine.pixels().readFrame(i % 2 == 0 ? 3 : 9).samples())
                  .toList());
      for (int i = 0; i < readings.size(); i++) {
        assertThat(readings.get(i).get()).isEqualTo(i % 2 == 0 ? third : ninth);
      }
    }
  }
}
