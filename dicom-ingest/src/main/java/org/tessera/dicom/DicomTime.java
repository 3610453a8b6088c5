package org.tessera.dicom;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DA, TM and DT values as java.time (PS3.5 6.2), with the older forms with separators. */
public final class DicomTime {
  private static final Pattern DATE =
      Pattern.compile("([0-9]{4})[.-]?([0-9]{2})[.-]?([0-9]{2})");
  private static final Pattern TIME =
      Pattern.compile("([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:\\.([0-9]{1,6}))?)?)?");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "([0-9]{4})([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?([0-9]{2})?(?:\\.([0-9]{1,6}))?"
              + "([+-][0-9]{4})?");
  private static final Pattern OFFSET = Pattern.compile("([+-])([0-9]{2})([0-9]{2})");

  private DicomTime() {}

  /** A date; empty if the text is none. */
  public static Optional<LocalDate> date(String text) {
    Matcher parts = DATE.matcher(text.strip());
    try {
      return parts.matches()
          ? Optional.of(LocalDate.of(number(parts, 1), number(parts, 2), number(parts, 3)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A time of day; parts that are not given are 0. */
  public static Optional<LocalTime> time(String text) {
    Matcher parts = TIME.matcher(text.strip());
    try {
      return parts.matches()
          ? Optional.of(
              LocalTime.of(
                  number(parts, 1),
                  number(parts, 2),
                  Math.min(number(parts, 3), 59),
                  nanos(parts.group(4))))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A date and time; parts that are not given are the earliest ones.
   *
   * @param otherwise the offset of values that carry none
   */
  public static Optional<OffsetDateTime> dateTime(String text, ZoneOffset otherwise) {
    Matcher parts = DATE_TIME.matcher(text.strip());
    try {
      if (!parts.matches()) {
        return Optional.empty();
      }
      LocalDateTime local =
          LocalDateTime.of(
              number(parts, 1),
              Math.max(1, number(parts, 2)),
              Math.max(1, number(parts, 3)),
              number(parts, 4),
              number(parts, 5),
              Math.min(number(parts, 6), 59),
              nanos(parts.group(7)));
      String offset = parts.group(8);
      return Optional.of(
          local.atOffset(offset == null ? otherwise : offset(offset).orElse(otherwise)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** An offset such as "+0900" (PS3.3 C.12.1.1.8). */
  public static Optional<ZoneOffset> offset(String text) {
    Matcher parts = OFFSET.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    int sign = parts.group(1).equals("-") ? -1 : 1;
    try {
      return Optional.of(
          ZoneOffset.ofHoursMinutes(sign * number(parts, 2), sign * number(parts, 3)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** When the image was acquired: acquisition, else content, else series, else study time. */
  public static Optional<Instant> acquired(Attributes image) {
    ZoneOffset offset =
        image
            .string(Tag.TimezoneOffsetFromUTC)
            .flatMap(DicomTime::offset)
            .orElse(ZoneOffset.UTC);
    return image
        .string(Tag.AcquisitionDateTime)
        .flatMap(text -> dateTime(text, offset))
        .map(OffsetDateTime::toInstant)
        .or(() -> joined(image, Tag.AcquisitionDate, Tag.AcquisitionTime, offset))
        .or(() -> joined(image, Tag.ContentDate, Tag.ContentTime, offset))
        .or(() -> joined(image, Tag.SeriesDate, Tag.SeriesTime, offset))
        .or(() -> joined(image, Tag.StudyDate, Tag.StudyTime, offset));
  }

  private static Optional<Instant> joined(
      Attributes image, int dateTag, int timeTag, ZoneOffset offset) {
    LocalTime time =
        image.string(timeTag).flatMap(DicomTime::time).orElse(LocalTime.MIDNIGHT);
    return image
        .string(dateTag)
        .flatMap(DicomTime::date)
        .map(date -> date.atTime(time).toInstant(offset));
  }

  private static int number(Matcher parts, int group) {
    String text = parts.group(group);
    return text == null ? 0 : Integer.parseInt(text);
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }
}
