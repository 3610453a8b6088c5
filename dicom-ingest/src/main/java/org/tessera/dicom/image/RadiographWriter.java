package org.tessera.dicom.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/**
 * Writes radiographs: Digital X-Ray Image Storage "For Presentation" (PS3.3 A.26), or Computed
 * Radiography (PS3.3 A.2) where the Modality given is CR. Explicit little endian. The same input
 * gives the same bytes: UIDs that are not given are derived from the content.
 */
public final class RadiographWriter {
  private static final Code THORAX = new Code("816094009", "SCT", "Thorax");
  private static final Code POSTERO_ANTERIOR =
      new Code("272479007", "SCT", "postero-anterior");
  private static final Code ANTERO_POSTERIOR =
      new Code("399348003", "SCT", "antero-posterior");

  private RadiographWriter() {}

  /**
   * Writes 16-bit samples.
   *
   * @param file where to write
   * @param samples stored values, unsigned, row by row; written as they are, also for MONOCHROME1
   * @param rows height, 1 to 65,535
   * @param columns width, 1 to 65,535
   * @param common patient, study and image attributes, which take precedence over the defaults; for
   *     example Patient ID, View Position, Patient Orientation, Photometric Interpretation
   *     (MONOCHROME2 unless given), Bits Stored (16), Window Center and Width (the samples' range)
   */
  public static void write(
      Path file, short[] samples, int rows, int columns, Attributes common) throws IOException {
    requireSize(samples.length, rows, columns);
    ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asShortBuffer().put(samples);
    int lowest = 65_535;
    int highest = 0;
    for (short sample : samples) {
      lowest = Math.min(lowest, sample & 0xFFFF);
      highest = Math.max(highest, sample & 0xFFFF);
    }
    write(file, bytes.array(), 16, new int[] {lowest, highest}, rows, columns, common);
  }

  /** Writes 8-bit samples; as the other method, with a window over 0 to 255 unless given. */
  public static void write(
      Path file, byte[] samples, int rows, int columns, Attributes common) throws IOException {
    requireSize(samples.length, rows, columns);
    write(file, samples, 8, new int[] {0, 255}, rows, columns, common);
  }

  private static void requireSize(int length, int rows, int columns) {
    if (rows < 1 || rows > 65_535 || columns < 1 || columns > 65_535
        || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          "%d samples are not %d x %d".formatted(length, rows, columns));
    }
  }

  private static void write(
      Path file, byte[] pixels, int bits, int[] range, int rows, int columns, Attributes common)
      throws IOException {
    Attributes image = new Attributes();
    boolean computed = common.string(Tag.Modality).orElse("DX").equals("CR");
    boolean turned =
        common.string(Tag.PhotometricInterpretation).orElse("").equals("MONOCHROME1");
    NewObject.describe(
        image,
        computed
            ? UID.ComputedRadiographyImageStorage
            : UID.DigitalXRayImageStorageForPresentation,
        computed ? "CR" : "DX");
    series(image, computed);
    description(image, turned, computed);
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.BitsStored, VR.US, bits);
    // LINEAR: the lowest value is black, the highest white (PS3.3 C.11.2.1.2.1).
    image.setReal(Tag.WindowCenter, VR.DS, (range[0] + range[1] + 1) / 2.0);
    image.setReal(Tag.WindowWidth, VR.DS, Math.max(1, range[1] - range[0] + 1));
    byte[] size = "%d x %d".formatted(rows, columns).getBytes(StandardCharsets.UTF_8);
    NewObject.complete(image, common, List.of(pixels, size));
    if (!computed) {
      codedAnatomyAndView(image);
    }
    int stored = image.integer(Tag.BitsStored, bits);
    image.setInteger(Tag.BitsAllocated, VR.US, bits);
    image.setInteger(Tag.HighBit, VR.US, stored - 1);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    image.setInteger(Tag.Rows, VR.US, rows);
    image.setInteger(Tag.Columns, VR.US, columns);
    image.setBytes(Tag.PixelData, bits == 8 ? VR.OB : VR.OW, pixels);
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(file))) {
      out.writeFile(image, TransferSyntax.EXPLICIT_LITTLE);
    }
  }

  private static void series(Attributes image, boolean computed) {
    image.setEmpty(Tag.BodyPartExamined, VR.CS);
    image.setEmpty(Tag.ViewPosition, VR.CS);
    if (computed) {
      return;
    }
    image.setString(Tag.PresentationIntentType, VR.CS, "FOR PRESENTATION");
    image.setEmpty(Tag.DetectorType, VR.CS);
    image.setString(Tag.ImagerPixelSpacing, VR.DS, "0.2", "0.2");
    image.setString(Tag.ImageLaterality, VR.CS, "U");
    image.setEmpty(Tag.PositionerType, VR.CS);
    image.newSequence(Tag.AnatomicRegionSequence);
    image.newSequence(Tag.AcquisitionContextSequence);
    image.setString(Tag.PixelIntensityRelationship, VR.CS, "LOG");
  }

  private static void description(Attributes image, boolean turned, boolean computed) {
    image.setString(Tag.ImageType, VR.CS, "ORIGINAL", "PRIMARY");
    image.setString(Tag.PatientOrientation, VR.CS, "L", "F");
    image.setString(Tag.BurnedInAnnotation, VR.CS, "NO");
    image.setString(Tag.LossyImageCompression, VR.CS, "00");
    if (!computed) {
      // Bone is white: more X-rays give lower values, or higher ones where more is darker.
      image.setInteger(Tag.PixelIntensityRelationshipSign, VR.SS, turned ? 1 : -1);
    }
    image.setString(Tag.RescaleIntercept, VR.DS, "0");
    image.setString(Tag.RescaleSlope, VR.DS, "1");
    image.setString(Tag.RescaleType, VR.LO, "US");
    image.setString(Tag.PresentationLUTShape, VR.CS, turned ? "INVERSE" : "IDENTITY");
  }

  /** DX wants what BODY PART and VIEW say as codes too (PS3.3 C.8.11.2, C.8.11.5). */
  private static void codedAnatomyAndView(Attributes image) {
    if (image.items(Tag.AnatomicRegionSequence).isEmpty()
        && image.string(Tag.BodyPartExamined).orElse("").equals("CHEST")) {
      THORAX.set(image, Tag.AnatomicRegionSequence);
    }
    if (image.items(Tag.ViewCodeSequence).isEmpty()) {
      switch (image.string(Tag.ViewPosition).orElse("")) {
        case "PA" -> POSTERO_ANTERIOR.set(image, Tag.ViewCodeSequence);
        case "AP" -> ANTERO_POSTERIOR.set(image, Tag.ViewCodeSequence);
        default -> {
          // Other views have no code here; the caller may give one.
        }
      }
    }
  }
}
