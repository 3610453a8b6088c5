package org.tessera.dicom.result;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tessera.casemodel.ModelCard;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.DicomTime;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.image.NewObject;

/** What all objects of a result have in common: patient, study, equipment, time. */
final class ResultObject {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

  private ResultObject() {}

  /** The image in whose study the result is filed: the newest, of equal ones the first. */
  static Optional<SourceImage> filedBeside(List<SourceImage> images) {
    return images.stream()
        .max(
            Comparator.comparing(
                    (SourceImage each) -> DicomTime.acquired(each.dataset()).orElse(Instant.MIN))
                .thenComparing(
                    Comparator.comparingInt((SourceImage each) -> images.indexOf(each))
                        .reversed()));
  }

  /** A new object in the study of an image. */
  static Attributes of(String type, String modality, SourceImage beside) {
    Attributes object = new Attributes();
    NewObject.describe(object, type, modality);
    NewObject.share(beside.dataset(), object);
    return object;
  }

  static void equipment(Attributes object, ModelCard model) {
    object.setString(Tag.Manufacturer, VR.LO, "Tessera");
    object.setString(Tag.ManufacturerModelName, VR.LO, CodingSchemes.meaning(model.name()));
    object.setString(
        Tag.DeviceSerialNumber,
        VR.LO,
        CodingSchemes.meaning(model.sha256().orElse(model.version())));
    object.setString(Tag.SoftwareVersions, VR.LO, CodingSchemes.meaning(model.version()));
  }

  /**
   * Content Date and Time. Without a time of making it is that of the evidence that the content
   * speaks of, so that the same result stays the same object.
   */
  static void time(
      Attributes object, SourceImage beside, Optional<OffsetDateTime> made, ZoneOffset zone) {
    OffsetDateTime time =
        made.map(each -> each.withOffsetSameInstant(zone))
            .or(() -> DicomTime.acquired(beside.dataset()).map(each -> each.atOffset(zone)))
            .orElse(OffsetDateTime.of(1900, 1, 1, 0, 0, 0, 0, zone));
    time(object, time);
  }

  static void time(Attributes object, OffsetDateTime time) {
    object.setString(Tag.ContentDate, VR.DA, DATE.format(time));
    object.setString(Tag.ContentTime, VR.TM, TIME.format(time));
  }

  /** The zone in which the image tells its times (PS3.3 C.12.1.1.8); it is told on. */
  static ZoneOffset zone(Attributes object, SourceImage beside, Optional<OffsetDateTime> made) {
    Optional<String> written = beside.dataset().string(Tag.TimezoneOffsetFromUTC);
    Optional<ZoneOffset> own = written.map(String::strip).flatMap(DicomTime::offset);
    own.ifPresent(
        any -> object.setString(Tag.TimezoneOffsetFromUTC, VR.SH, written.get().strip()));
    return own.or(() -> made.map(OffsetDateTime::getOffset)).orElse(ZoneOffset.UTC);
  }
}
