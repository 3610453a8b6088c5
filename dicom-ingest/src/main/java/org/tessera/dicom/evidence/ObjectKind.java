package org.tessera.dicom.evidence;

import java.util.Optional;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;

/** What a DICOM object is, by its SOP class. */
public enum ObjectKind {
  IMAGE("an image"),
  SLIDE("a whole slide image"),
  DIRECTORY("a DICOM directory (DICOMDIR)"),
  STRUCTURED_REPORT("a structured report"),
  RADIOTHERAPY("a radiotherapy object"),
  WAVEFORM("a waveform, such as an ECG"),
  SEGMENTATION("a segmentation"),
  PRESENTATION("a presentation state"),
  REGISTRATION("a spatial registration"),
  DOCUMENT("an encapsulated document"),
  PARAMETRIC_MAP("a parametric map"),
  RAW("raw data"),
  PALETTE("a colour palette"),
  OTHER("an object without an image");

  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private final String phrase;

  ObjectKind(String phrase) {
    this.phrase = phrase;
  }

  /** For a sentence: "a structured report". */
  String phrase() {
    return phrase;
  }

  public static ObjectKind of(DicomFile file) {
    Attributes dataset = file.dataset();
    Optional<String> uid =
        dataset
            .string(Tag.SOPClassUID)
            .or(() -> file.meta().string(Tag.MediaStorageSOPClassUID));
    ObjectKind named = uid.map(ObjectKind::ofUid).orElse(IMAGE);
    if (dataset.contains(Tag.DirectoryRecordSequence)) {
      return DIRECTORY;
    }
    return named == IMAGE && !hasPixels(dataset) ? OTHER : named;
  }

  private static boolean hasPixels(Attributes dataset) {
    return dataset.contains(Tag.PixelData)
        || dataset.contains(Tag.FloatPixelData)
        || dataset.contains(Tag.DoubleFloatPixelData);
  }

  private static ObjectKind ofUid(String uid) {
    if (uid.equals(UID.MediaStorageDirectoryStorage)) {
      return DIRECTORY;
    }
    if (uid.equals(UID.ColorPaletteStorage)) {
      return PALETTE;
    }
    if (!uid.startsWith(STORAGE)) {
      return IMAGE;
    }
    String tail = uid.substring(STORAGE.length());
    return switch (tail) {
      case "77.1.6" -> SLIDE;
      case "66" -> RAW;
      case "66.1", "66.2", "66.3" -> REGISTRATION;
      case "66.4", "66.5", "66.7", "66.8" -> SEGMENTATION;
      case "30" -> PARAMETRIC_MAP;
      default -> ofFamily(tail.contains(".") ? tail.substring(0, tail.indexOf('.')) : tail);
    };
  }

  private static ObjectKind ofFamily(String family) {
    return switch (family) {
      case "88" -> STRUCTURED_REPORT;
      case "481" -> RADIOTHERAPY;
      case "9" -> WAVEFORM;
      case "11" -> PRESENTATION;
      case "104" -> DOCUMENT;
      default -> IMAGE;
    };
  }
}
