package org.tessera.dicom.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.dicom.json.DicomJson;

/** What every new object has: patient, study, series, identity (PS3.3 C.7.1 to C.7.3, C.12.1). */
final class NewObject {
  private NewObject() {}

  /** Attributes that are required but may be empty, and the kind of object. */
  static void describe(Attributes object, String type, String modality) {
    object.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    object.setString(Tag.SOPClassUID, VR.UI, type);
    object.setString(Tag.Modality, VR.CS, modality);
    for (int tag : new int[] {Tag.StudyDate, Tag.PatientBirthDate, Tag.ContentDate}) {
      object.setEmpty(tag, VR.DA);
    }
    object.setEmpty(Tag.StudyTime, VR.TM);
    object.setEmpty(Tag.ContentTime, VR.TM);
    object.setEmpty(Tag.AccessionNumber, VR.SH);
    object.setEmpty(Tag.StudyID, VR.SH);
    object.setEmpty(Tag.ReferringPhysicianName, VR.PN);
    object.setEmpty(Tag.PatientName, VR.PN);
    object.setEmpty(Tag.PatientID, VR.LO);
    object.setEmpty(Tag.PatientSex, VR.CS);
    object.setEmpty(Tag.Manufacturer, VR.LO);
    object.setString(Tag.SeriesNumber, VR.IS, "1");
    object.setString(Tag.InstanceNumber, VR.IS, "1");
  }

  /**
   * Adds what the caller gives, then UIDs where it gives none, derived from all of it and the
   * content.
   */
  static void complete(Attributes object, Attributes common, List<byte[]> content) {
    object.addAll(common);
    String seed = seed(object, content);
    int[] tags = {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID};
    String[] names = {"study ", "series ", "instance "};
    for (int i = 0; i < tags.length; i++) {
      if (!object.containsValue(tags[i])) {
        object.setString(tags[i], VR.UI, UidDictionary.derived(names[i] + seed));
      }
    }
  }

  private static String seed(Attributes object, List<byte[]> content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      content.forEach(digest::update);
      digest.update(DicomJson.write(object).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
