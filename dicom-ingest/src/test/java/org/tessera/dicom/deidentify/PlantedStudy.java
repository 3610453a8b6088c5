package org.tessera.dicom.deidentify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomOutputStream;
import org.tessera.dicom.ElementDictionary;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** A study with identifiers in every place that a DICOM file has for them. */
final class PlantedStudy {
  /** No output may hold any of these, in any form. */
  static final List<String> NEEDLES =
      List.of(
          "ZWINGENBERG", "Apollonia", "QX4711880", "19580623", "1958-06-23", "GREENWILLOW",
          "1.2.826.0.1.3680043.77", "Quastenflosser", "XKEYSTATION", "20170914", "zwing@");

  static final String NAME = "ZWINGENBERG^Apollonia";
  static final String ID = "QX4711880";
  static final String ROOT = "1.2.826.0.1.3680043.77.";
  static final String STUDY = ROOT + "1";
  static final String SERIES = ROOT + "2";
  static final String FRAME_OF_REFERENCE = ROOT + "3";
  private static final int SIDE = 256;

  private PlantedStudy() {}

  /** Writes two CT images, an SR that refers to them, and an ultrasound picture with text. */
  static List<Path> write(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      Attributes ct = image(UID.CTImageStorage, "CT", i, ctPixels());
      everyRowOfTheTable(ct);
      identity(ct);
      hiddenPlaces(ct);
      files.add(write(folder.resolve("ZWINGENBERG_" + i + ".dcm"), ct));
    }
    files.add(write(folder.resolve("QX4711880-report"), report()));
    Attributes us =
        image(UID.UltrasoundImageStorage, "US", 9, DrawnText.screen(SIDE, SIDE, NAME, ID));
    us.setInteger(Tag.BitsAllocated, VR.US, 8);
    us.setInteger(Tag.BitsStored, VR.US, 8);
    us.setInteger(Tag.HighBit, VR.US, 7);
    us.setString(Tag.BurnedInAnnotation, VR.CS, "YES");
    identity(us);
    files.add(write(folder.resolve("us.dcm"), us));
    return files;
  }

  private static byte[] ctPixels() {
    byte[] pixels = new byte[SIDE * SIDE * 2];
    for (int i = 0; i < SIDE * SIDE; i++) {
      int value = (int) (600 + 400 * Math.sin(i % SIDE / 40.0) * Math.cos(i / SIDE / 50.0));
      pixels[2 * i] = (byte) value;
      pixels[2 * i + 1] = (byte) (value >> 8);
    }
    return pixels;
  }

  private static Attributes image(String sopClass, String modality, int number, byte[] pixels) {
    Attributes image = new Attributes();
    image.setString(Tag.SOPClassUID, VR.UI, sopClass);
    image.setString(Tag.SOPInstanceUID, VR.UI, ROOT + "4." + number);
    image.setString(Tag.Modality, VR.CS, modality);
    image.setString(Tag.InstanceNumber, VR.IS, "" + number);
    image.setInteger(Tag.SamplesPerPixel, VR.US, 1);
    image.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    image.setInteger(Tag.Rows, VR.US, SIDE);
    image.setInteger(Tag.Columns, VR.US, SIDE);
    image.setInteger(Tag.BitsAllocated, VR.US, 16);
    image.setInteger(Tag.BitsStored, VR.US, 12);
    image.setInteger(Tag.HighBit, VR.US, 11);
    image.setInteger(Tag.PixelRepresentation, VR.US, 0);
    byte[] tail = (NAME + " " + ID).getBytes(StandardCharsets.US_ASCII);
    byte[] padded = java.util.Arrays.copyOf(pixels, pixels.length + tail.length);
    System.arraycopy(tail, 0, padded, pixels.length, tail.length);
    image.setBytes(Tag.PixelData, VR.OW, padded);
    return image;
  }

  private static void identity(Attributes object) {
    object.setString(Tag.PatientName, VR.PN, NAME);
    object.setString(Tag.PatientID, VR.LO, ID);
    object.setString(Tag.PatientBirthDate, VR.DA, "19580623");
    object.setString(Tag.StudyInstanceUID, VR.UI, STUDY);
    object.setString(Tag.SeriesInstanceUID, VR.UI, SERIES);
    object.setString(Tag.FrameOfReferenceUID, VR.UI, FRAME_OF_REFERENCE);
    object.setString(Tag.StudyDate, VR.DA, "20170914");
    object.setString(Tag.SeriesDate, VR.DA, "20170916");
    object.setString(Tag.StudyTime, VR.TM, "101112.5");
    object.setString(Tag.AcquisitionDateTime, VR.DT, "20170914101112.5+0200");
    object.setString(Tag.AccessionNumber, VR.SH, "");
    object.setString(Tag.InstitutionName, VR.LO, "GREENWILLOW CLINIC");
    object.setString(Tag.ReferringPhysicianName, VR.PN, "Quastenflosser^Q");
    object.setString(Tag.StationName, VR.SH, "XKEYSTATION");
    object.setString(
        Tag.StudyDescription,
        VR.LO,
        "CHEST of ZWINGENBERG, born 1958-06-23, for Dr. Quastenflosser");
    object.setString(Tag.SeriesDescription, VR.LO, "Axial 5mm QX4711880");
    // Not in the table: what identifies there is known from elsewhere in the file.
    object.setString(Tag.ManufacturerModelName, VR.LO, "Scanner of ZWINGENBERG");
    object.setString(Tag.SoftwareVersions, VR.LO, "GREENWILLOW CLINIC 1.2");
  }

  /** Every attribute of table E.1-1, at the root and in an item. */
  private static void everyRowOfTheTable(Attributes object) {
    Sequence nested = object.newSequence(Tag.ReferencedImageSequence);
    Attributes item = nested.add(new Attributes());
    for (int tag : ConfidentialityTable.tags()) {
      if (tag >>> 16 > 2
          && tag >>> 16 < 0xFFFA
          && tag != Tag.ReferencedImageSequence
          && tag != Tag.SOPInstanceUID
          && tag != Tag.EncapsulatedDocument) {
        plant(tag, object);
        plant(tag, item);
      }
    }
    item.setString(Tag.ReferencedSOPInstanceUID, VR.UI, ROOT + "4.1");
  }

  private static void plant(int tag, Attributes object) {
    VR vr = ElementDictionary.entry(tag).map(ElementDictionary.Entry::vr).orElse(VR.LO);
    switch (vr) {
      case SQ -> {
        Attributes item = object.newSequence(tag).add(new Attributes());
        item.setString(Tag.PatientID, VR.LO, ID);
        item.setString(Tag.CodeMeaning, VR.LO, "GREENWILLOW CLINIC");
        item.setString(Tag.PersonName, VR.PN, NAME);
      }
      case UI -> object.setString(tag, vr, ROOT + "5");
      case DA -> object.setString(tag, vr, "19580623");
      case DT -> object.setString(tag, vr, "20170914101112");
      case TM -> object.setString(tag, vr, "101112");
      case PN -> object.setString(tag, vr, NAME);
      case AS -> object.setString(tag, vr, "059Y");
      case DS, IS -> object.setString(tag, vr, "471188");
      case CS, SH, AE -> object.setString(tag, vr, "XKEYSTATION");
      case OB, OW, UN -> object.setBytes(tag, vr, NAME.getBytes(StandardCharsets.US_ASCII));
      default -> {
        if (vr.isText()) {
          object.setString(tag, vr, NAME + " " + ID + " zwing@greenwillow.example");
        } else {
          object.setBytes(tag, vr, new byte[8]);
        }
      }
    }
  }

  private static void hiddenPlaces(Attributes object) {
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    object.setString(0x00090010, VR.LO, NAME);
    object.setBytes(0x00091001, VR.UN, name);
    object.setString(0x00091002, VR.PN, NAME);
    object.setBytes(0x60003000, VR.OW, name);
    object.setString(0x60004000, VR.LT, NAME);
    object.setString(0x60000022, VR.LO, NAME);
    object.setBytes(0x50003000, VR.OW, name);
    object.setBytes(0xFFFCFFFC, VR.OB, name);
    // A public attribute that no dictionary knows, one in the wrong VR, one that hides in UN.
    object.setString(0x00083FFE, VR.LO, NAME);
    object.setString(Tag.SliceThickness, VR.LO, NAME);
    object.setBytes(Tag.RequestAttributesSequence, VR.UN, name);
    object.setBytes(Tag.ICCProfile, VR.OB, utf16(NAME));
    object.setBytes(0x00184000, VR.UN, name);
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static Attributes report() {
    Attributes report = new Attributes();
    identity(report);
    report.setString(Tag.SOPClassUID, VR.UI, UID.ComprehensiveSRStorage);
    report.setString(Tag.SOPInstanceUID, VR.UI, ROOT + "4.3");
    report.setString(Tag.Modality, VR.CS, "SR");
    report.setString(Tag.ValueType, VR.CS, "CONTAINER");
    Sequence content = report.newSequence(Tag.ContentSequence);
    text(content, "Seen today: Apollonia ZWINGENBERG, " + ID + ", 14 Sep 2017. Lungs clear.");
    Attributes person = content.add(new Attributes());
    person.setString(Tag.ValueType, VR.CS, "PNAME");
    person.setString(Tag.PersonName, VR.PN, "Quastenflosser^Q");
    Attributes date = content.add(new Attributes());
    date.setString(Tag.ValueType, VR.CS, "DATE");
    date.setString(Tag.Date, VR.DA, "20170914");
    Attributes image = content.add(new Attributes());
    image.setString(Tag.ValueType, VR.CS, "IMAGE");
    Attributes reference = image.newSequence(Tag.ReferencedSOPSequence).add(new Attributes());
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, UID.CTImageStorage);
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, ROOT + "4.1");
    return report;
  }

  private static void text(Sequence content, String words) {
    Attributes item = content.add(new Attributes());
    item.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
    item.setString(Tag.ValueType, VR.CS, "TEXT");
    item.setString(Tag.TextValue, VR.UT, words);
  }

  /** A file with an identifier in the preamble, AE titles and private meta information. */
  private static Path write(Path file, Attributes object) throws IOException {
    Attributes meta = DicomOutputStream.meta(object, TransferSyntax.EXPLICIT_LITTLE);
    meta.setString(0x00020016, VR.AE, "XKEYSTATION");
    meta.setString(0x00020100, VR.UI, ROOT + "6");
    meta.setBytes(0x00020102, VR.OB, NAME.getBytes(StandardCharsets.US_ASCII));
    Path plain = Files.createTempFile(file.getParent(), "plain", ".dcm");
    try (DicomOutputStream out = new DicomOutputStream(Files.newOutputStream(plain))) {
      out.writeFile(meta, object, TransferSyntax.EXPLICIT_LITTLE);
    }
    byte[] bytes = Files.readAllBytes(plain);
    Files.delete(plain);
    byte[] preamble = (NAME + " " + ID).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(preamble, 0, bytes, 0, preamble.length);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(bytes);
    }
    return file;
  }
}
