package org.tessera.dicom.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.FrameTimes;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

class FrameTimingTest {
  private static Attributes loop(String modality, int frames) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.XRayAngiographicImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.7");
    image.setString(Tag.Modality, VR.CS, modality);
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(frames));
    image.setInteger(Tag.Rows, VR.US, 4);
    image.setInteger(Tag.Columns, VR.US, 4);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OB, new byte[16 * frames]);
    return image;
  }

  private static Evidence read(Attributes image, Path folder) throws Exception {
    Path file = folder.resolve("loop.dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      new DicomOutputStream(out)
          .writeFile(image, TransferSyntax.of(UID.ExplicitVRLittleEndian));
    }
    return new DicomDecoder().decode(TestData.content(file), TestData.context()).getFirst();
  }

  @Test
  void theVectorGivesEachFrameItsTime(@TempDir Path folder) throws Exception {
    Attributes image = loop("XA", 4);
    image.setString(Tag.FrameTimeVector, VR.DS, "0", "100", "50", "850");
    image.setString(Tag.CineRate, VR.IS, "15");
    FrameTimes times = ((CineEvidence) read(image, folder)).times();
    assertThat(times.seconds(1)).hasValue(0);
    assertThat(times.seconds(3).orElseThrow()).isCloseTo(0.15, within(1e-9));
    assertThat(times.seconds(4).orElseThrow()).isEqualTo(1);
    assertThat(times.framesPerSecond().orElseThrow()).isEqualTo(3);
  }

  @Test
  void theFrameIncrementPointerChoosesBetweenVectorAndTime() {
    Attributes image = loop("XA", 3);
    image.setString(Tag.FrameTimeVector, VR.DS, "0", "100", "300");
    image.setString(Tag.FrameTime, VR.DS, "40");
    assertThat(FrameTiming.of(image, 3).seconds(3).orElseThrow()).isEqualTo(0.4);
    image.setInteger(Tag.FrameIncrementPointer, VR.AT, Tag.FrameTime);
    assertThat(FrameTiming.of(image, 3).seconds(3).orElseThrow()).isEqualTo(0.08);
  }

  @Test
  void aVectorOfTheWrongLengthGivesItsMeanAndOneThatRunsBackNothing() {
    Attributes image = loop("US", 9);
    image.setString(Tag.FrameTimeVector, VR.DS, "0", "100", "300");
    assertThat(FrameTiming.of(image, 9).framesPerSecond().orElseThrow()).isEqualTo(5);
    image.setString(Tag.FrameTimeVector, VR.DS, "0", "100", "-300");
    assertThat(FrameTiming.of(image, 3).framesPerSecond()).isEmpty();
    image.setString(Tag.CineRate, VR.IS, "25");
    assertThat(FrameTiming.of(image, 3).framesPerSecond()).hasValue(25);
  }

  @Test
  void noTimeIsMadeUpAndTheFramesStayMovingPictures(@TempDir Path folder) throws Exception {
    Attributes image = loop("XA", 3);
    image.setString(Tag.FrameTime, VR.DS, "0");
    image.setString(Tag.CineRate, VR.IS, "0");
    CineEvidence cine = (CineEvidence) read(image, folder);
    assertThat(cine.times().framesPerSecond()).isEmpty();
    assertThat(cine.times().seconds(2)).isEmpty();
    assertThat(read(loop("XA", 1), folder)).isNotInstanceOf(CineEvidence.class);
    assertThat(read(loop("CT", 3), folder)).isNotInstanceOf(CineEvidence.class);
  }
}
