package org.tessera.dicom.image;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Code;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.UID;
import org.tessera.dicom.UidDictionary;
import org.tessera.dicom.VR;

/**
 * Makes binary segmentations (PS3.3 A.51, C.8.20): masks over the frames of images, one bit per
 * pixel, each frame with the segment it belongs to, the frame it was made from and that one's place
 * in the patient. Patient and study are those of the images. The same input gives the same data
 * set: UIDs that are not given come from the content.
 */
public final class Segmentation {
  private static final Code SEGMENTATION = new Code("113076", "DCM", "Segmentation");
  private static final Code SOURCE =
      new Code("121322", "DCM", "Source image for image processing operation");

  /**
   * What the masks of one number stand for (PS3.3 C.8.20.2.4).
   *
   * @param label at most 64 characters
   * @param category for example (49755003, SCT, "Morphologically Abnormal Structure")
   * @param type for example (233604007, SCT, "Pneumonia")
   * @param algorithm name of the program that drew it alone; empty if a person did
   */
  public record Segment(String label, Code category, Code type, Optional<String> algorithm) {}

  /**
   * A mask over one frame.
   *
   * @param segment its number, from 1
   * @param source the data set of the image
   * @param frame of that image, from 1
   * @param mask row by row, a byte per pixel of that frame, 0 or 1; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Plane(int segment, Attributes source, int frame, byte[] mask) {}

  /** A frame of an image, by its UID. */
  private record Place(String instance, int frame) {}

  private final List<Segment> segments;
  private final List<Plane> planes;
  private final Attributes object = new Attributes();

  private Segmentation(List<Segment> segments, List<Plane> planes) {
    this.segments = segments;
    this.planes = planes;
  }

  /**
   * A segmentation of one study.
   *
   * @param segments numbered from 1 in this order
   * @param planes at least one; frames of the segmentation in this order
   * @param common Content Date and Content Time, which a segmentation must have (PS3.3 C.7.6.16),
   *     and attributes that take precedence over the defaults; for example Manufacturer, Software
   *     Versions, Content Label, Series Number
   * @throws IllegalArgumentException if there is no plane, a mask or its source has another size
   *     than the first, a segment or the date is not there, or the sources are of several studies
   */
  public static Attributes binary(
      List<Segment> segments, List<Plane> planes, Attributes common) {
    return new Segmentation(List.copyOf(segments), List.copyOf(planes)).object(common);
  }

  private Attributes object(Attributes common) {
    if (planes.isEmpty()) {
      throw new IllegalArgumentException("No plane.");
    }
    Attributes first = planes.getFirst().source();
    planes.forEach(plane -> require(plane, first));
    NewObject.describe(object, UID.SegmentationStorage, "SEG");
    NewObject.share(first, object);
    image(first);
    segments();
    dimensions();
    groups();
    references();
    List<byte[]> masks = planes.stream().map(Plane::mask).toList();
    NewObject.complete(object, common, masks);
    if (!object.containsValue(Tag.ContentDate) || !object.containsValue(Tag.ContentTime)) {
      throw new IllegalArgumentException("No content date and time.");
    }
    dimensionOrganization();
    return object.setBytes(Tag.PixelData, VR.OB, PackedBits.of(masks));
  }

  private void require(Plane plane, Attributes first) {
    int rows = first.integer(Tag.Rows, 0);
    int columns = first.integer(Tag.Columns, 0);
    Attributes source = plane.source();
    if (source.integer(Tag.Rows, 0) != rows
        || source.integer(Tag.Columns, 0) != columns
        || plane.mask().length != (long) rows * columns
        || plane.segment() < 1
        || plane.segment() > segments.size()
        || !source.string(Tag.StudyInstanceUID).equals(first.string(Tag.StudyInstanceUID))) {
      throw new IllegalArgumentException(
          "A mask of another size, of an unknown segment, or of another study.");
    }
  }

  private void image(Attributes first) {
    object.setString(Tag.ImageType, VR.CS, "DERIVED", "PRIMARY");
    object.setString(Tag.ManufacturerModelName, VR.LO, "Tessera");
    object.setString(Tag.Manufacturer, VR.LO, "Tessera");
    object.setString(Tag.DeviceSerialNumber, VR.LO, "0");
    object.setString(Tag.SoftwareVersions, VR.LO, "0.1");
    object.setString(Tag.ContentLabel, VR.CS, "SEGMENTATION");
    object.setEmpty(Tag.ContentDescription, VR.LO);
    object.setEmpty(Tag.ContentCreatorName, VR.PN);
    object.setString(Tag.LossyImageCompression, VR.CS, "00");
    object.setString(Tag.SegmentationType, VR.CS, "BINARY");
    object.setString(Tag.PhotometricInterpretation, VR.CS, "MONOCHROME2");
    object.setString(Tag.NumberOfFrames, VR.IS, Integer.toString(planes.size()));
    int[][] numbers = {
      {Tag.SamplesPerPixel, 1},
      {Tag.Rows, first.integer(Tag.Rows, 0)},
      {Tag.Columns, first.integer(Tag.Columns, 0)},
      {Tag.BitsAllocated, 1},
      {Tag.BitsStored, 1},
      {Tag.HighBit, 0},
      {Tag.PixelRepresentation, 0}
    };
    for (int[] number : numbers) {
      object.setInteger(number[0], VR.US, number[1]);
    }
  }

  private void segments() {
    Sequence sequence = object.newSequence(Tag.SegmentSequence);
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      Attributes item = sequence.add(new Attributes());
      segment.category().set(item, Tag.SegmentedPropertyCategoryCodeSequence);
      item.setInteger(Tag.SegmentNumber, VR.US, i + 1);
      item.setString(Tag.SegmentLabel, VR.LO, segment.label());
      item.setString(
          Tag.SegmentAlgorithmType,
          VR.CS,
          segment.algorithm().isPresent() ? "AUTOMATIC" : "MANUAL");
      segment
          .algorithm()
          .ifPresent(name -> item.setString(Tag.SegmentAlgorithmName, VR.LO, name));
      segment.type().set(item, Tag.SegmentedPropertyTypeCodeSequence);
    }
  }

  /** Frames are ordered by their segment, then by the frame that they were made from. */
  private void dimensions() {
    Sequence sequence = object.newSequence(Tag.DimensionIndexSequence);
    dimension(sequence, Tag.ReferencedSegmentNumber, Tag.SegmentIdentificationSequence);
    dimension(sequence, Tag.InStackPositionNumber, Tag.FrameContentSequence);
  }

  private static void dimension(Sequence sequence, int pointer, int group) {
    Attributes item = sequence.add(new Attributes());
    item.setInteger(Tag.DimensionIndexPointer, VR.AT, pointer);
    item.setInteger(Tag.FunctionalGroupPointer, VR.AT, group);
  }

  /** Its UID is that of the object turned into another one, so that it is as constant. */
  private void dimensionOrganization() {
    String uid =
        UidDictionary.derived("dimensions " + object.string(Tag.SOPInstanceUID).orElse(""));
    object
        .newSequence(Tag.DimensionOrganizationSequence)
        .add(new Attributes())
        .setString(Tag.DimensionOrganizationUID, VR.UI, uid);
    for (Attributes item : object.items(Tag.DimensionIndexSequence)) {
      item.setString(Tag.DimensionOrganizationUID, VR.UI, uid);
    }
  }

  private void groups() {
    List<FrameGeometry> places =
        planes.stream().map(plane -> FrameGeometry.of(plane.source(), plane.frame())).toList();
    Attributes shared =
        object.newSequence(Tag.SharedFunctionalGroupsSequence).add(new Attributes());
    boolean oneSpacing = isShared(places, FrameGeometry::spacing);
    boolean oneOrientation = isShared(places, FrameGeometry::orientation);
    if (oneSpacing) {
      measures(shared, planes.getFirst(), places.getFirst());
    }
    if (oneOrientation) {
      orientation(shared, places.getFirst());
    }
    Map<Place, Integer> positions = new LinkedHashMap<>();
    Sequence frames = object.newSequence(Tag.PerFrameFunctionalGroupsSequence);
    for (int i = 0; i < planes.size(); i++) {
      Plane plane = planes.get(i);
      Attributes frame = frames.add(new Attributes());
      Place place =
          new Place(plane.source().string(Tag.SOPInstanceUID).orElse(""), plane.frame());
      int position = positions.computeIfAbsent(place, any -> positions.size() + 1);
      derivation(frame, plane);
      content(frame, plane, position);
      if (!oneSpacing) {
        measures(frame, plane, places.get(i));
      }
      if (!oneOrientation) {
        orientation(frame, places.get(i));
      }
      List<Double> at = places.get(i).position();
      if (!at.isEmpty()) {
        frame
            .newSequence(Tag.PlanePositionSequence)
            .add(new Attributes())
            .setReal(Tag.ImagePositionPatient, VR.DS, numbers(at));
      }
      frame
          .newSequence(Tag.SegmentIdentificationSequence)
          .add(new Attributes())
          .setInteger(Tag.ReferencedSegmentNumber, VR.US, plane.segment());
    }
    frameOfReference(places);
  }

  private void frameOfReference(List<FrameGeometry> places) {
    Attributes first = planes.getFirst().source();
    Optional<String> reference = first.string(Tag.FrameOfReferenceUID);
    boolean same =
        planes.stream()
            .allMatch(each -> each.source().string(Tag.FrameOfReferenceUID).equals(reference));
    if (same && reference.isPresent()) {
      object.setString(Tag.FrameOfReferenceUID, VR.UI, reference.get());
      object.setString(
          Tag.PositionReferenceIndicator,
          VR.LO,
          first.string(Tag.PositionReferenceIndicator).orElse(""));
    }
    if (places.stream()
        .anyMatch(each -> each.position().isEmpty() || each.orientation().isEmpty())) {
      object.setString(
          Tag.PatientOrientation,
          VR.CS,
          first.strings(Tag.PatientOrientation).toArray(new String[0]));
    }
  }

  private static <T> boolean isShared(
      List<FrameGeometry> places, Function<FrameGeometry, T> part) {
    return places.stream().map(part).distinct().count() == 1;
  }

  private static void measures(Attributes group, Plane plane, FrameGeometry place) {
    if (place.spacing().isEmpty()) {
      return;
    }
    Attributes item = group.newSequence(Tag.PixelMeasuresSequence).add(new Attributes());
    FunctionalGroups.holder(
            plane.source(), plane.frame(), Tag.PixelMeasuresSequence, Tag.SliceThickness)
        .flatMap(holder -> holder.string(Tag.SliceThickness))
        .ifPresent(thickness -> item.setString(Tag.SliceThickness, VR.DS, thickness.strip()));
    item.setReal(Tag.PixelSpacing, VR.DS, numbers(place.spacing()));
  }

  private static void orientation(Attributes group, FrameGeometry place) {
    if (!place.orientation().isEmpty()) {
      group
          .newSequence(Tag.PlaneOrientationSequence)
          .add(new Attributes())
          .setReal(Tag.ImageOrientationPatient, VR.DS, numbers(place.orientation()));
    }
  }

  private static void derivation(Attributes frame, Plane plane) {
    Attributes derivation =
        frame.newSequence(Tag.DerivationImageSequence).add(new Attributes());
    Attributes source = derivation.newSequence(Tag.SourceImageSequence).add(new Attributes());
    reference(source, plane.source());
    if (plane.source().containsValue(Tag.NumberOfFrames)) {
      source.setString(Tag.ReferencedFrameNumber, VR.IS, Integer.toString(plane.frame()));
    }
    source.setString(Tag.SpatialLocationsPreserved, VR.CS, "YES");
    SOURCE.set(source, Tag.PurposeOfReferenceCodeSequence);
    SEGMENTATION.set(derivation, Tag.DerivationCodeSequence);
  }

  private static void content(Attributes frame, Plane plane, int position) {
    Attributes content = frame.newSequence(Tag.FrameContentSequence).add(new Attributes());
    content.setString(Tag.StackID, VR.SH, "1");
    content.setInteger(Tag.InStackPositionNumber, VR.UL, position);
    content.setInteger(Tag.DimensionIndexValues, VR.UL, plane.segment(), position);
  }

  private static void reference(Attributes item, Attributes source) {
    for (int[] tags : new int[][] {
      {Tag.ReferencedSOPClassUID, Tag.SOPClassUID},
      {Tag.ReferencedSOPInstanceUID, Tag.SOPInstanceUID}
    }) {
      item.setString(tags[0], VR.UI, source.string(tags[1]).orElse(""));
    }
  }

  /** Common Instance Reference (PS3.3 C.12.2): every image once, by series. */
  private void references() {
    Map<String, Map<String, Attributes>> series = new LinkedHashMap<>();
    for (Plane plane : planes) {
      series
          .computeIfAbsent(
              plane.source().string(Tag.SeriesInstanceUID).orElse(""), uid -> new LinkedHashMap<>())
          .putIfAbsent(plane.source().string(Tag.SOPInstanceUID).orElse(""), plane.source());
    }
    Sequence sequence = object.newSequence(Tag.ReferencedSeriesSequence);
    series.forEach(
        (uid, images) -> {
          Attributes item = sequence.add(new Attributes());
          Sequence instances = item.newSequence(Tag.ReferencedInstanceSequence);
          images.values().forEach(image -> reference(instances.add(new Attributes()), image));
          item.setString(Tag.SeriesInstanceUID, VR.UI, uid);
        });
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
