package org.tessera.dicom.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.DicomFile;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TransferSyntax;
import org.tessera.dicom.UID;
import org.tessera.dicom.VR;

/** Segmentations made and read back by ourselves, and what cannot be made. */
class SegmentationTest {
  private static final byte[] MASK = {1, 0, 0, 1, 1, 0};
  private static final Segmentation.Segment SEGMENT =
      new Segmentation.Segment(
          "Herd links",
          new Code("49755003", "SCT", "Morphologically Altered Structure"),
          new Code("urn:oid:2.25.1", "", "Phantom opacity"),
          Optional.of("Tessera"));

  private static Attributes slice(String number, String z) {
    Attributes image = new Attributes();
    image.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 100");
    image.setString(Tag.PatientName, VR.PN, "Müller^Änne");
    image.setString(Tag.SOPClassUID, VR.UI, UID.CTImageStorage);
    image.setString(Tag.SOPInstanceUID, VR.UI, "1.2.3." + number);
    image.setString(Tag.StudyInstanceUID, VR.UI, "1.2.3");
    image.setString(Tag.SeriesInstanceUID, VR.UI, "1.2.3.9");
    image.setString(Tag.FrameOfReferenceUID, VR.UI, "1.2.3.8");
    image.setString(Tag.ImagePositionPatient, VR.DS, "-10.5", "0.1", z);
    image.setString(Tag.ImageOrientationPatient, VR.DS, "1", "0", "0", "0", "1", "0");
    image.setString(Tag.PixelSpacing, VR.DS, "0.3333333333333", "0.5");
    image.setInteger(Tag.Rows, VR.US, 2);
    image.setInteger(Tag.Columns, VR.US, 3);
    return image;
  }

  private static Attributes dated() {
    return new Attributes()
        .setString(Tag.ContentDate, VR.DA, "20260102")
        .setString(Tag.ContentTime, VR.TM, "030405");
  }

  private static Attributes made() {
    byte[] other = {0, 1, 0, 1, 0, 1};
    return Segmentation.binary(
        List.of(SEGMENT, SEGMENT),
        List.of(
            new Segmentation.Plane(1, slice("1", "3"), 1, MASK),
            new Segmentation.Plane(2, slice("2", "4.25"), 1, other)),
        dated());
  }

  @Test
  void masksSegmentsSourcesAndPlacesAreReadBack() throws Exception {
    Attributes object = made();
    SegmentFrames frames =
        SegmentFrames.of(
            new DicomFile(new Attributes(), object, TransferSyntax.EXPLICIT_LITTLE),
            ParseLimits.standard());
    assertThat(frames.mask(1)).containsExactly(1, 0, 0, 1, 1, 0);
    assertThat(frames.mask(2)).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(frames.segment(2)).hasValue(2);
    assertThat(frames.described(1)).contains(SEGMENT);
    assertThat(frames.described(3)).isEmpty();
    assertThat(frames.source(2)).contains(new SegmentFrames.Source("1.2.3.2", 1));
    assertThat(frames.geometry(2).position()).containsExactly(-10.5, 0.1, 4.25);
    assertThat(frames.geometry(1).spacing()).containsExactly(0.3333333333333, 0.5);
    assertThat(object.string(Tag.PatientName)).contains("Müller^Änne");
    assertThat(object.string(Tag.FrameOfReferenceUID)).contains("1.2.3.8");
    assertThat(object.items(Tag.ReferencedSeriesSequence).getFirst()
            .items(Tag.ReferencedInstanceSequence))
        .hasSize(2);
  }

  @Test
  void theSameInputGivesTheSameObject() {
    assertThat(made().string(Tag.SOPInstanceUID)).isEqualTo(made().string(Tag.SOPInstanceUID));
  }

  @Test
  void whatDoesNotBelongTogetherIsNotMade() {
    List<Segmentation.Segment> segments = List.of(SEGMENT);
    Attributes foreign = slice("4", "0").setString(Tag.StudyInstanceUID, VR.UI, "1.9");
    Attributes slice = slice("1", "3");
    for (List<Segmentation.Plane> planes :
        List.of(
            List.<Segmentation.Plane>of(),
            List.of(new Segmentation.Plane(2, slice, 1, MASK)),
            List.of(new Segmentation.Plane(1, slice, 1, new byte[5])),
            List.of(
                new Segmentation.Plane(1, slice, 1, MASK),
                new Segmentation.Plane(1, foreign, 1, MASK)))) {
      assertThatThrownBy(() -> Segmentation.binary(segments, planes, dated()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    List<Segmentation.Plane> good = List.of(new Segmentation.Plane(1, slice, 1, MASK));
    assertThatThrownBy(() -> Segmentation.binary(segments, good, new Attributes()))
        .hasMessageContaining("date");
  }

  @Test
  void capturesOfUnlikeFramesAreNotMade() {
    StoredFrame one = new StoredFrame(1, 2, 1, 8, false, false, new byte[2]);
    StoredFrame two = new StoredFrame(2, 1, 1, 8, false, false, new byte[2]);
    StoredFrame signed = new StoredFrame(1, 2, 1, 8, true, false, new byte[2]);
    for (List<StoredFrame> frames :
        List.of(List.<StoredFrame>of(), List.of(one, two), List.of(signed))) {
      assertThatThrownBy(() -> SecondaryCapture.of(frames, new Attributes()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    Attributes common = new Attributes().setInteger(Tag.BitsStored, VR.US, 6);
    assertThat(SecondaryCapture.of(List.of(one), common).integer(Tag.HighBit)).hasValue(5);
  }
}
