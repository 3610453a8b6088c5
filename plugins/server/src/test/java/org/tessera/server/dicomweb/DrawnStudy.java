package org.tessera.server.dicomweb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.Transcoder;

/** Slices of two series, drawn; every other one is compressed. */
final class DrawnStudy {
  static final String STUDY = "2.25.7001";
  static final int SIDE = 64;
  static final String BOUNDARY = "a-boundary";

  private final List<byte[]> files = new ArrayList<>();
  private final List<byte[]> pixels = new ArrayList<>();

  /** Slices of noise. */
  DrawnStudy(int slices) throws Exception {
    this(slices, noise());
  }

  private DrawnStudy(int slices, IntUnaryOperator grey) throws Exception {
    for (int i = 0; i < slices; i++) {
      byte[] values = new byte[2 * SIDE * SIDE];
      for (int at = 0; at < SIDE * SIDE; at++) {
        int value = grey.applyAsInt(at);
        values[2 * at] = (byte) value;
        values[2 * at + 1] = (byte) (value >> 8);
      }
      pixels.add(values);
      files.add(file(i, values));
    }
  }

  private static IntUnaryOperator noise() {
    Random random = new Random(9);
    return at -> random.nextInt(256) | random.nextInt(4) << 8;
  }

  /**
   * Slices of four even quarters.
   *
   * @param greys upper left, upper right, lower left, lower right
   */
  static DrawnStudy ofQuarters(int slices, int[] greys) throws Exception {
    int half = SIDE / 2;
    return new DrawnStudy(
        slices, at -> greys[(at / SIDE < half ? 0 : 2) + (at % SIDE < half ? 0 : 1)]);
  }

  private static byte[] file(int number, byte[] values) throws Exception {
    Attributes image =
        new Attributes()
            .setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100")
            .setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage)
            .setString(Tag.SOPInstanceUID, VR.UI, instance(number))
            .setString(Tag.StudyDate, VR.DA, "20260102")
            .setString(Tag.StudyTime, VR.TM, "101112")
            .setString(Tag.AccessionNumber, VR.SH, "ACC7")
            .setString(Tag.Modality, VR.CS, "CT")
            .setString(Tag.StudyDescription, VR.LO, "Thorax")
            .setString(Tag.SeriesDescription, VR.LO, "Series " + number % 2)
            .setString(Tag.PatientName, VR.PN, "Müller^Anna")
            .setString(Tag.PatientID, VR.LO, "WEB-1")
            .setString(Tag.StudyInstanceUID, VR.UI, STUDY)
            .setString(Tag.SeriesInstanceUID, VR.UI, series(number))
            .setString(Tag.SeriesNumber, VR.IS, Integer.toString(number % 2 + 1))
            .setString(Tag.InstanceNumber, VR.IS, Integer.toString(number + 1))
            .setInteger(Tag.SamplesPerPixel, VR.US, 1)
            .setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2")
            .setInteger(Tag.Rows, VR.US, SIDE)
            .setInteger(Tag.Columns, VR.US, SIDE)
            .setInteger(Tag.BitsAllocated, VR.US, 16)
            .setInteger(Tag.BitsStored, VR.US, 12)
            .setInteger(Tag.HighBit, VR.US, 11)
            .setInteger(Tag.PixelRepresentation, VR.US, 0)
            .setBytes(Tag.PixelData, VR.OW, values);
    byte[] plain = written(DicomOutputStream.meta(image, TransferSyntax.EXPLICIT_LITTLE), image,
        TransferSyntax.EXPLICIT_LITTLE);
    if (number % 2 == 0) {
      return plain;
    }
    DicomFile compressed =
        new Transcoder(UID.JPEGLSLossless, ParseLimits.standard())
            .transcode(DicomFile.read(plain, ParseLimits.standard()));
    return written(compressed.meta(), compressed.dataset(), compressed.syntax());
  }

  private static byte[] written(Attributes meta, Attributes dataset, TransferSyntax syntax)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeFile(meta, dataset, syntax);
    }
    return bytes.toByteArray();
  }

  static String series(int number) {
    return STUDY + "." + (number % 2 + 1);
  }

  static String instance(int number) {
    return STUDY + ".9." + number;
  }

  static String address(int number) {
    return "/dicomweb/studies/%s/series/%s/instances/%s"
        .formatted(STUDY, series(number), instance(number));
  }

  byte[] file(int number) {
    return files.get(number);
  }

  byte[] pixels(int number) {
    return pixels.get(number);
  }

  /** A body of STOW-RS with all of them. */
  byte[] body() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] file : files) {
      part(body, file);
    }
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return body.toByteArray();
  }

  static void part(ByteArrayOutputStream body, byte[] content) {
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Type: application/dicom\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(content);
    body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
