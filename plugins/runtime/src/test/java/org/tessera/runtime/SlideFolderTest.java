package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.RejectedInput;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** A folder with the files of one DICOM whole slide is one input, without its label. */
class SlideFolderTest {
  @TempDir Path folder;

  private void level(String name, int side, String flavour) throws IOException {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.VLWholeSlideMicroscopyImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.100" + side);
    image.setString(Tag.SeriesInstanceUID, VR.UI, "2.25.7");
    image.setString(Tag.FrameOfReferenceUID, VR.UI, "2.25.8");
    image.setString(Tag.ContainerIdentifier, VR.LO, "C1");
    image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY", flavour, "NONE");
    image.setInteger(Tag.TotalPixelMatrixColumns, VR.UL, side);
    image.setInteger(Tag.TotalPixelMatrixRows, VR.UL, side);
    image.setString(Tag.NumberOfFrames, VR.IS, "1");
    image.setInteger(Tag.SamplesPerPixel, VR.US, 3);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    image.setInteger(Tag.PlanarConfiguration, VR.US, 0);
    image.setInteger(Tag.Rows, VR.US, side);
    image.setInteger(Tag.Columns, VR.US, side);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OB, new byte[side * side * 3]);
    try (DicomOutputStream out =
        new DicomOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
    }
  }

  @Test
  void smallerLevelsCountOnceAndTheLabelIsRefused() throws IOException, RejectedInputException {
    level("a.dcm", 16, "VOLUME");
    level("b.dcm", 64, "VOLUME");
    level("c.dcm", 20, "LABEL");
    for (InputKind kind : List.of(InputKind.SLIDE, InputKind.DICOM)) {
      CaseRequest request =
          new CaseRequest(
              List.of(new CaseInput(kind, folder)), Optional.empty(), Optional.empty());
      PatientCase found = CaseAssembly.assemble(request, Decoders.all()).patientCase();
      assertThat(found.evidence())
          .singleElement()
          .isInstanceOfSatisfying(
              SlideEvidence.class, slide -> assertThat(slide.pixels().width()).isEqualTo(64));
      assertThat(found.rejected()).extracting(RejectedInput::reason).hasSize(2);
      assertThat(found.rejected().getFirst().reason())
          .startsWith("The file is a part of the slide in ")
          .endsWith("b.dcm, with which it is read; it counts once.");
      assertThat(found.rejected().getLast().reason()).contains("may carry names");
    }
  }
}
