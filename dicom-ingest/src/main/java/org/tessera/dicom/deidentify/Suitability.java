package org.tessera.dicom.deidentify;

import java.util.List;
import java.util.Set;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;

/** Whether an object can be de-identified safely with the options asked for. */
sealed interface Suitability {

  /**
   * It can.
   *
   * @param searchesPixels whether its pixels are searched for text
   */
  record Fit(boolean searchesPixels) implements Suitability {}

  /** It cannot. */
  record Unfit(String reason) implements Suitability {}

  /** It shows nothing but identity. */
  record LeftOut(String reason) implements Suitability {}

  /** Encapsulated documents: PDF, CDA, STL, OBJ, MTL (PS3.4 B.5). */
  String ENCAPSULATED = "1.2.840.10008.5.1.4.1.1.104.";

  /** Secondary captures, single and multi-frame. */
  String SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7";

  /** Ultrasound, with its retired classes. */
  List<String> ULTRASOUND =
      List.of("1.2.840.10008.5.1.4.1.1.3", "1.2.840.10008.5.1.4.1.1.6");

  /** Endoscopy, microscopy, photography: pictures of cameras and their screens. */
  String VISIBLE_LIGHT = "1.2.840.10008.5.1.4.1.1.77.1.";

  List<String> SCREENS = List.of("US", "IVUS", "ES", "XC", "SC", "OT", "GM", "SM", "BDUS");

  static Suitability of(Attributes object, Set<ConfidentialityOption> options) {
    String sopClass = object.string(Tag.SOPClassUID).orElse("").strip();
    if (sopClass.equals(UID.MediaStorageDirectoryStorage)
        || object.contains(Tag.DirectoryRecordSequence)) {
      return new Unfit("A DICOMDIR lists names and files; make a new one for the output.");
    }
    if (sopClass.startsWith(ENCAPSULATED) || object.contains(Tag.EncapsulatedDocument)) {
      return new Unfit(
          "The object holds a document (PDF, CDA or a model), whose content is not cleaned.");
    }
    if (object.strings(Tag.ImageType).contains("LABEL")) {
      return new LeftOut("This is the label of a slide, which is there to identify.");
    }
    if (object.string(Tag.SpecimenLabelInImage).orElse("").equals("YES")) {
      return new LeftOut("The picture shows the label of a slide.");
    }
    if (!hasPixels(object)) {
      return new Fit(false);
    }
    boolean searched =
        options.contains(ConfidentialityOption.CLEAN_PIXEL_DATA)
            && !sopClass.equals(UID.VLWholeSlideMicroscopyImageStorage)
            && object.integer(Tag.BitsAllocated, 8) > 1;
    String burnedIn = object.string(Tag.BurnedInAnnotation).orElse("");
    if (searched) {
      return new Fit(true);
    }
    if (burnedIn.equals("YES")) {
      return new Unfit(
          "The object says that identifying text is burned into its pixels; ask for"
              + " --clean-pixel-data.");
    }
    if (!burnedIn.equals("NO") && isFromAScreen(object, sopClass)) {
      return new Unfit(
          "Objects of this kind often have names burned into their pixels, and this one does not"
              + " say that it has none; ask for --clean-pixel-data.");
    }
    return new Fit(false);
  }

  private static boolean hasPixels(Attributes object) {
    return object.contains(Tag.PixelData)
        || object.contains(Tag.FloatPixelData)
        || object.contains(Tag.DoubleFloatPixelData);
  }

  private static boolean isFromAScreen(Attributes object, String sopClass) {
    if (sopClass.equals(UID.VLWholeSlideMicroscopyImageStorage)) {
      return false;
    }
    return sopClass.startsWith(SECONDARY_CAPTURE)
        || ULTRASOUND.stream()
            .anyMatch(each -> sopClass.equals(each) || sopClass.startsWith(each + "."))
        || sopClass.startsWith(VISIBLE_LIGHT)
        || SCREENS.contains(object.string(Tag.Modality).orElse(""))
        || object.containsValue(Tag.ConversionType)
        || object.strings(Tag.ImageType).stream().anyMatch(each -> each.startsWith("SCREEN"));
  }
}
