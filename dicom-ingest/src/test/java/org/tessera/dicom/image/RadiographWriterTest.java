package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Pnm;
import org.tessera.dicom.Tag;
import org.tessera.dicom.Tool;
import org.tessera.dicom.VR;

class RadiographWriterTest {
  private static final int ROWS = 40;
  private static final int COLUMNS = 30;

  private static short[] wedge() {
    short[] samples = new short[ROWS * COLUMNS];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (i % COLUMNS * 100 + i / COLUMNS);
    }
    return samples;
  }

  private static Attributes common(String modality, String photometric) {
    Attributes common = new Attributes();
    common.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    common.setString(Tag.Modality, VR.CS, modality);
    common.setString(Tag.PatientID, VR.LO, "PHANTOM-1");
    common.setString(Tag.PatientName, VR.PN, "Phantom^Ännchen");
    common.setString(Tag.PatientOrientation, VR.CS, "R", "F");
    common.setString(Tag.BodyPartExamined, VR.CS, "CHEST");
    common.setString(Tag.ViewPosition, VR.CS, "PA");
    common.setString(Tag.StudyID, VR.SH, "1");
    common.setString(Tag.PhotometricInterpretation, VR.CS, photometric);
    common.setInteger(Tag.BitsStored, VR.US, 12);
    return common;
  }

  @Test
  void theSameInputGivesTheSameBytesAndAnotherPixelOtherUids(@TempDir Path folder)
      throws Exception {
    Path first = folder.resolve("a");
    Path second = folder.resolve("b");
    Path third = folder.resolve("c");
    short[] samples = wedge();
    RadiographWriter.write(first, samples, ROWS, COLUMNS, common("DX", "MONOCHROME2"));
    RadiographWriter.write(second, samples, ROWS, COLUMNS, common("DX", "MONOCHROME2"));
    assertThat(second).hasSameBinaryContentAs(first);
    samples[5]++;
    RadiographWriter.write(third, samples, ROWS, COLUMNS, common("DX", "MONOCHROME2"));
    assertThat(DicomFile.read(third).dataset().string(Tag.SOPInstanceUID))
        .isNotEqualTo(
            DicomFile.read(first).dataset().string(Tag.SOPInstanceUID));
  }

  @Test
  void eightBitSamplesAreWrittenToo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("x.dcm");
    byte[] samples = {0, 51, (byte) 204, (byte) 255, 7, 9};
    RadiographWriter.write(file, samples, 2, 3, new Attributes());
    StoredFrame frame = PixelData.of(DicomFile.read(file), ParseLimits.standard()).frame(1);
    assertThat(frame.data()).isEqualTo(samples);
    assertThatThrownBy(() -> RadiographWriter.write(file, samples, 2, 2, new Attributes()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @org.junit.jupiter.api.Tag("interop")
  void theDicomValidatorFindsNoErrorInDigitalAndComputedRadiographs(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.require("dciodvfy");
    for (String modality : List.of("DX", "CR")) {
      for (String photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
        Path file = folder.resolve(modality + photometric);
        RadiographWriter.write(file, wedge(), ROWS, COLUMNS, common(modality, photometric));
        String output = Tool.run(List.of("dciodvfy", file.toString())).output();
        assertThat(output)
            .contains(modality.equals("DX") ? "DXImageForPresentation" : "CRImage")
            .doesNotContain("Error");
      }
    }
  }

  @Test
  @org.junit.jupiter.api.Tag("interop")
  void dcmtkShowsTheSamePixelsWithinOneLevel(@TempDir Path folder) throws Exception {
    Tool.require("dcm2pnm");
    for (String photometric : List.of("MONOCHROME1", "MONOCHROME2")) {
      Path file = folder.resolve("x.dcm");
      Path shown = folder.resolve("x.pgm");
      RadiographWriter.write(file, wedge(), ROWS, COLUMNS, common("DX", photometric));
      Tool.Outcome outcome =
          Tool.run(List.of("dcm2pnm", "+Wi", "1", file.toString(), shown.toString()));
      assertThat(outcome.exit()).as(outcome.output()).isZero();
      Pnm theirs = Pnm.read(Files.readAllBytes(shown));
      float[] ours =
          new DicomPixels(DicomFile.read(file), ParseLimits.standard()).readFrame(1).samples();
      assertThat(theirs.differences(ours, 1)).isZero();
    }
  }

  @Test
  @org.junit.jupiter.api.Tag("interop")
  void pydicomReadsNameAndPixels(@TempDir Path folder) throws Exception {
    String python = Tool.pythonWithPydicom();
    Path file = folder.resolve("x.dcm");
    RadiographWriter.write(file, wedge(), ROWS, COLUMNS, common("DX", "MONOCHROME1"));
    String program =
        "import pydicom,sys; d=pydicom.dcmread(sys.argv[1]); a=d.pixel_array;"
            + " print(d.PatientName == 'Phantom^\\u00c4nnchen', a.shape, int(a.sum()), a[39][29])";
    long sum = 0;
    for (short sample : wedge()) {
      sum += sample;
    }
    assertThat(Tool.run(List.of(python, "-c", program, file.toString())).output().strip())
        .isEqualTo("True (40, 30) " + sum + " 2939");
  }
}
