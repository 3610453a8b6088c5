package org.tessera.dicom.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Small files of our own making, and the bytes that malicious ones are built from. */
final class Samples {
  private Samples() {}

  static Attributes image(int rows, int columns) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, UID.SecondaryCaptureImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "2.25.1");
    image.setString(Tag.PatientName, VR.PN, "Planted^Name");
    image.setString(Tag.PatientID, VR.LO, "PLANTED-ID");
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.Rows, VR.US, rows);
    image.setInteger(Tag.Columns, VR.US, columns);
    image.setInteger(Tag.BitsAllocated, VR.US, 8);
    image.setInteger(Tag.BitsStored, VR.US, 8);
    image.setInteger(Tag.HighBit, VR.US, 7);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    image.setBytes(Tag.PixelData, VR.OB, new byte[rows * columns]);
    return image;
  }

  static byte[] file(Attributes dataset, TransferSyntax syntax) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeFile(dataset, syntax);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The bytes before a deflated data set. */
  static byte[] deflatedHeader() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[128]);
    bytes.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    TransferSyntax deflated = TransferSyntax.of(UID.DeflatedExplicitVRLittleEndian);
    try (DicomOutputStream out = new DicomOutputStream(bytes)) {
      out.writeDataset(
          DicomOutputStream.meta(image(1, 2), deflated), TransferSyntax.EXPLICIT_LITTLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Values of 8 bits as RLE, all of them literal. */
  static byte[] rle(byte[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, 1, 4);
    number(out, 64, 4);
    out.writeBytes(new byte[56]);
    for (int at = 0; at < values.length; at += 128) {
      int count = Math.min(128, values.length - at);
      out.write(count - 1);
      out.write(values, at, count);
    }
    return out.toByteArray();
  }

  /** A JPEG-LS header of 8 bits for a square, and noise behind it. */
  static byte[] jpegLs(int side, byte[] noise) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte s = (byte) side;
    out.writeBytes(new byte[] {-1, -40, -1, -9, 0, 11, 8, 0, s, 0, s, 1, 1, 17, 0});
    out.writeBytes(new byte[] {-1, -38, 0, 8, 1, 1, 0, 0, 0, 0});
    out.writeBytes(noise);
    return out.toByteArray();
  }

  /** An element of explicit VR whose length has 32 bits. */
  static void element(ByteArrayOutputStream out, int tag, String vr, long length) {
    tag(out, tag);
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.write(0);
    number(out, length, 4);
  }

  /** An element without VR. */
  static void implicit(ByteArrayOutputStream out, int tag, byte[] value) {
    tag(out, tag);
    number(out, value.length, 4);
    out.writeBytes(value);
  }

  static void item(ByteArrayOutputStream out, int tag, long length) {
    tag(out, tag);
    number(out, length, 4);
  }

  private static void tag(ByteArrayOutputStream out, int tag) {
    number(out, tag >>> 16, 2);
    number(out, tag & 0xFFFF, 2);
  }

  private static void number(ByteArrayOutputStream out, long value, int width) {
    for (int i = 0; i < width; i++) {
      out.write((int) (value >> (8 * i)));
    }
  }
}
