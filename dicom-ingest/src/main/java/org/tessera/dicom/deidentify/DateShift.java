package org.tessera.dicom.deidentify;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tessera.dicom.DicomTime;

/**
 * Retain Longitudinal Temporal Information with Modified Dates (PS3.15 E.3.6): all dates of a
 * patient move by the same number of whole days, so that intervals and times of day stay.
 */
final class DateShift {
  private static final Pattern DATE_TIME =
      Pattern.compile("([0-9]{4})([0-9]{2})?([0-9]{2})?([0-9.]*)([+-][0-9]{4})?");

  private final int days;

  DateShift(int days) {
    this.days = days;
  }

  /** The date moved; empty if the text is no date. */
  Optional<String> date(String text) {
    return DicomTime.date(text).flatMap(date -> moved(date, 8));
  }

  /**
   * The date and time moved, with its precision, time of day and offset as they are; empty if the
   * text is none.
   */
  Optional<String> dateTime(String text) {
    Matcher parts = DATE_TIME.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    int month = parts.group(2) == null ? 7 : Integer.parseInt(parts.group(2));
    int day = parts.group(3) == null ? 15 : Integer.parseInt(parts.group(3));
    int digits = parts.group(2) == null ? 4 : parts.group(3) == null ? 6 : 8;
    try {
      LocalDate date = LocalDate.of(Integer.parseInt(parts.group(1)), month, day);
      String rest = parts.group(4) + (parts.group(5) == null ? "" : parts.group(5));
      return moved(date, digits).map(moved -> moved + rest);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<String> moved(LocalDate date, int digits) {
    LocalDate moved = date.plusDays(days);
    if (moved.getYear() < 0 || moved.getYear() > 9999) {
      return Optional.empty();
    }
    String text =
        String.format(
            Locale.ROOT,
            "%04d%02d%02d",
            moved.getYear(),
            moved.getMonthValue(),
            moved.getDayOfMonth());
    return Optional.of(text.substring(0, digits));
  }
}
