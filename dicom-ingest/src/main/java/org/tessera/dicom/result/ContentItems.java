package org.tessera.dicom.result;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.tessera.casemodel.StudyReference;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;

/**
 * Adds content items to a tree (PS3.3 C.17.3). Each is attached to its parent before text is set,
 * since it inherits the character set.
 */
final class ContentItems {
  static final String CONTAINS = "CONTAINS";
  static final String CONTEXT = "HAS OBS CONTEXT";
  static final String MODIFIER = "HAS CONCEPT MOD";
  static final String PROPERTIES = "HAS PROPERTIES";
  static final String ACQUIRED = "HAS ACQ CONTEXT";
  static final String SELECTED_FROM = "SELECTED FROM";

  /** Shares with six decimals are percents with four. */
  private static final int PERCENT_DECIMALS = 4;

  private ContentItems() {}

  static Attributes item(Attributes parent, String relationship, String type) {
    Sequence children =
        parent
            .element(Tag.ContentSequence)
            .map(each -> (Sequence) each.value())
            .orElseGet(() -> parent.newSequence(Tag.ContentSequence));
    Attributes item = children.add(new Attributes());
    item.setString(Tag.RelationshipType, VR.CS, relationship);
    item.setString(Tag.ValueType, VR.CS, type);
    return item;
  }

  private static Attributes named(
      Attributes parent, String relationship, String type, Code concept) {
    Attributes item = item(parent, relationship, type);
    concept.set(item, Tag.ConceptNameCodeSequence);
    return item;
  }

  static Attributes container(Attributes parent, Code concept) {
    Attributes item = named(parent, CONTAINS, "CONTAINER", concept);
    item.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    return item;
  }

  static void template(Attributes container, String number) {
    Attributes item = container.newSequence(Tag.ContentTemplateSequence).add(new Attributes());
    item.setString(Tag.MappingResource, VR.CS, "DCMR");
    item.setString(Tag.TemplateIdentifier, VR.CS, number);
  }

  static void text(Attributes parent, String relationship, Code concept, String words) {
    if (!words.isBlank()) {
      named(parent, relationship, "TEXT", concept)
          .setString(Tag.TextValue, VR.UT, words.replace("\r\n", "\n"));
    }
  }

  static Attributes code(Attributes parent, String relationship, Code concept, Code value) {
    Attributes item = named(parent, relationship, "CODE", concept);
    value.set(item, Tag.ConceptCodeSequence);
    return item;
  }

  static void uid(Attributes parent, String relationship, Code concept, String uid) {
    named(parent, relationship, "UIDREF", concept).setString(Tag.UID, VR.UI, uid);
  }

  /** A share as a percentage. */
  static Attributes percent(Attributes parent, String relationship, Code concept, double share) {
    BigDecimal value =
        BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN)
            .stripTrailingZeros();
    return number(parent, relationship, concept, value.toPlainString(), Concepts.PERCENT);
  }

  static Attributes number(
      Attributes parent, String relationship, Code concept, String value, Code unit) {
    Attributes item = named(parent, relationship, "NUM", concept);
    Attributes measured = item.newSequence(Tag.MeasuredValueSequence).add(new Attributes());
    measured.setString(Tag.NumericValue, VR.DS, value);
    unit.set(measured, Tag.MeasurementUnitsCodeSequence);
    return item;
  }

  /** A reference to an image; {@code frame} 0 names the whole of it. */
  static Attributes image(
      Attributes parent, String relationship, StudyReference image, int frame) {
    Attributes item = item(parent, relationship, "IMAGE");
    Attributes reference = item.newSequence(Tag.ReferencedSOPSequence).add(new Attributes());
    reference.setString(Tag.ReferencedSOPClassUID, VR.UI, image.sopClassUid());
    reference.setString(Tag.ReferencedSOPInstanceUID, VR.UI, image.sopInstanceUid());
    if (frame > 0) {
      reference.setInteger(Tag.ReferencedFrameNumber, VR.IS, frame);
    }
    return item;
  }

  /**
   * A closed rectangle (PS3.3 C.18.6.1.2): column and row, the top left corner of the top left
   * pixel is 0\0, as with our regions.
   */
  static Attributes rectangle(
      Attributes parent, Code concept, double x, double y, double width, double height) {
    Attributes item = named(parent, CONTAINS, "SCOORD", concept);
    double right = x + width;
    double bottom = y + height;
    item.setReal(
        Tag.GraphicData, VR.FL, x, y, right, y, right, bottom, x, bottom, x, y);
    item.setString(Tag.GraphicType, VR.CS, "POLYLINE");
    return item;
  }
}
