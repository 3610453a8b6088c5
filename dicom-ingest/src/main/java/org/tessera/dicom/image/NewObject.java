package org.tessera.dicom.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Element;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;
import org.tessera.dicom.json.DicomJson;

/** What every new object has: patient, study, series, identity (PS3.3 C.7.1 to C.7.3, C.12.1). */
public final class NewObject {
  /** Patient and study modules: what a derived object shares with its images. */
  private static final int[] SHARED = {
    Tag.PatientName, Tag.PatientID, Tag.IssuerOfPatientID, Tag.IssuerOfPatientIDQualifiersSequence,
    Tag.PatientBirthDate, Tag.PatientSex, Tag.PatientAge, Tag.StudyInstanceUID, Tag.StudyDate,
    Tag.StudyTime, Tag.StudyID, Tag.StudyDescription, Tag.AccessionNumber,
    Tag.IssuerOfAccessionNumberSequence, Tag.ReferringPhysicianName
  };

  private NewObject() {}

  /** Attributes that are required but may be empty, and the kind of object. */
  public static void describe(Attributes object, String type, String modality) {
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
   * Takes over patient and study from an image. Text is encoded anew, since the object has a
   * character set of its own.
   */
  public static void share(Attributes source, Attributes object) {
    for (int tag : SHARED) {
      source.element(tag).ifPresent(element -> copy(source, element, object));
    }
  }

  private static void copy(Attributes source, Element element, Attributes target) {
    if (element.value() instanceof Sequence items) {
      Sequence copies = target.newSequence(element.tag());
      for (Attributes item : items) {
        Attributes copied = copies.add(new Attributes());
        item.forEach(each -> copy(item, each, copied));
      }
    } else if (element.vr().isText()) {
      target.setString(
          element.tag(), element.vr(), source.strings(element.tag()).toArray(new String[0]));
    } else {
      target.set(element);
    }
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
