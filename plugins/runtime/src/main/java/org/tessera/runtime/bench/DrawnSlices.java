package org.tessera.runtime.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** CT slices whose pixels are noise that no file system shortens. */
final class DrawnSlices {
  /** Rows and columns. */
  static final int SIDE = 512;

  private DrawnSlices() {}

  /**
   * Writes new objects of one study.
   *
   * @param pass names the study, and is the seed of its pixels
   */
  static List<Path> draw(Path folder, int pass, int slices) throws IOException {
    return draw(folder, pass, slices, SIDE);
  }

  /**
   * The same with pixels of another number.
   *
   * @param side rows and columns
   */
  static List<Path> draw(Path folder, int pass, int slices, int side) throws IOException {
    Random random = new Random(pass);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      byte[] pixels = new byte[2 * side * side];
      random.nextBytes(pixels);
      Attributes image =
          new Attributes()
              .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
              .setString(Tag.SOPInstanceUID, VR.UI, "2.25.7." + pass + "." + i)
              .setString(Tag.Modality, VR.CS, "CT")
              .setString(Tag.PatientName, VR.PN, "Phantom^" + pass)
              .setString(Tag.PatientID, VR.LO, "PHANTOM-" + pass)
              .setString(Tag.StudyInstanceUID, VR.UI, "2.25.7." + pass)
              .setString(Tag.SeriesInstanceUID, VR.UI, "2.25.7." + pass + ".0")
              .setInteger(Tag.SamplesPerPixel, VR.US, 1)
              .setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2")
              .setInteger(Tag.Rows, VR.US, side)
              .setInteger(Tag.Columns, VR.US, side)
              .setInteger(Tag.BitsAllocated, VR.US, 16)
              .setInteger(Tag.BitsStored, VR.US, 16)
              .setInteger(Tag.HighBit, VR.US, 15)
              .setInteger(Tag.PixelRepresentation, VR.US, 0)
              .setBytes(Tag.PixelData, VR.OW, pixels);
      Path file = folder.resolve("slice" + i);
      try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
        out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
      }
      files.add(file);
    }
    return files;
  }
}
