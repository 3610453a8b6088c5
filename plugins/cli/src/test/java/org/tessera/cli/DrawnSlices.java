package org.tessera.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Small CT slices of noise, all of one series. */
final class DrawnSlices {
  static final String STUDY = "2.25.2";
  private static final int SIDE = 64;

  private DrawnSlices() {}

  static String instance(int number) {
    return "2.25.4." + number;
  }

  /** The file of a slice in a folder. */
  static Path file(Path folder, int number) {
    return folder.resolve("%04d.dcm".formatted(number));
  }

  static void write(Path folder, int count) throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[2 * SIDE * SIDE];
      random.nextBytes(pixels);
      Attributes image =
          new Attributes()
              .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
              .setString(Tag.SOPInstanceUID, VR.UI, instance(i))
              .setString(Tag.Modality, VR.CS, "CT")
              .setString(Tag.PatientID, VR.LO, "PHANTOM")
              .setString(Tag.StudyInstanceUID, VR.UI, STUDY)
              .setString(Tag.SeriesInstanceUID, VR.UI, "2.25.3")
              .setInteger(Tag.SamplesPerPixel, VR.US, 1)
              .setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2")
              .setInteger(Tag.Rows, VR.US, SIDE)
              .setInteger(Tag.Columns, VR.US, SIDE)
              .setInteger(Tag.BitsAllocated, VR.US, 16)
              .setInteger(Tag.BitsStored, VR.US, 16)
              .setInteger(Tag.HighBit, VR.US, 15)
              .setInteger(Tag.PixelRepresentation, VR.US, 0)
              .setBytes(Tag.PixelData, VR.OW, pixels);
      try (DicomOutputStream out =
          new DicomOutputStream(Files.newOutputStream(file(folder, i)))) {
        out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
      }
    }
  }
}
