package org.tessera.dicom;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of a query for DA, TM or DT (PS3.4 C.2.2.2.5), or a single value as the range of all that
 * its precision leaves open: "202401" is the whole of January. Texts that are no range come back
 * empty.
 *
 * @param from the first moment that matches; empty if there is no lower end
 * @param until the first moment behind those that match; empty if there is no upper end
 */
public record DateTimeRange<T extends Comparable<? super T>>(
    Optional<T> from, Optional<T> until) {
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "([0-9]{4})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})(?:([0-9]{2})"
              + "(?:([0-9]{2})(?:\\.([0-9]{1,6}))?)?)?)?)?)?([+-][0-9]{4})?");

  /** The longest range: the 54 characters of a DT in a query (PS3.5 6.2). */
  private static final int LONGEST = 54;

  /** True if the moment lies in the range. */
  public boolean contains(T moment) {
    return from.map(first -> first.compareTo(moment) <= 0).orElse(true)
        && until.map(end -> moment.compareTo(end) < 0).orElse(true);
  }

  private static boolean isSane(String text) {
    return !text.isEmpty() && text.length() <= LONGEST;
  }

  /**
   * "20240101", "20240101-20240131", "20240101-" or "-20240131"; the old form with dots too. The
   * upper end of the last day that there is stays open.
   */
  public static Optional<DateTimeRange<LocalDate>> dates(String query) {
    String text = query.strip();
    if (!isSane(text)) {
      return Optional.empty();
    }
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      return DicomTime.date(text).flatMap(day -> between(Optional.of(day), Optional.of(day)));
    }
    String first = text.substring(0, hyphen).strip();
    String last = text.substring(hyphen + 1).strip();
    Optional<LocalDate> from = DicomTime.date(first);
    Optional<LocalDate> to = DicomTime.date(last);
    return isBounded(first, from, last, to) ? between(from, to) : Optional.empty();
  }

  private static Optional<DateTimeRange<LocalDate>> between(
      Optional<LocalDate> from, Optional<LocalDate> to) {
    return ordered(from, to.map(day -> day.plusDays(1)));
  }

  /** An end that is written must be readable, and one of them must be written. */
  private static boolean isBounded(
      String first, Optional<?> from, String last, Optional<?> to) {
    return from.isPresent() != first.isEmpty()
        && to.isPresent() != last.isEmpty()
        && (from.isPresent() || to.isPresent());
  }

  private static <T extends Comparable<? super T>> Optional<DateTimeRange<T>> ordered(
      Optional<T> from, Optional<T> until) {
    boolean empty =
        from.isPresent()
            && until.isPresent()
            && from.get().compareTo(until.get()) >= 0;
    return empty ? Optional.empty() : Optional.of(new DateTimeRange<>(from, until));
  }

  /**
   * Times of day: "10-1130" matches from 10:00:00 to before 11:31:00, "-1130" from midnight.
   * An upper end at the end of the day is open. Ranges do not go over midnight (PS3.4 C.2.2.2.5).
   */
  public static Optional<DateTimeRange<LocalTime>> times(String query) {
    String text = query.strip();
    if (!isSane(text)) {
      return Optional.empty();
    }
    int hyphen = text.indexOf('-');
    String first = hyphen < 0 ? text : text.substring(0, hyphen).strip();
    String last = hyphen < 0 ? text : text.substring(hyphen + 1).strip();
    Optional<LocalTime> from = DicomTime.time(first);
    Optional<LocalTime> to = DicomTime.time(last);
    if (!isBounded(first, from, last, to)
        || from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      return Optional.empty();
    }
    Optional<LocalTime> until = to.flatMap(time -> behind(time, last));
    return Optional.of(new DateTimeRange<>(from, until));
  }

  /** The end of what a time leaves open; empty at midnight. */
  private static Optional<LocalTime> behind(LocalTime time, String text) {
    String digits = text.replace(":", "");
    int point = digits.indexOf('.');
    LocalTime end =
        switch (point < 0 ? digits.length() : point) {
          case 2 -> time.plusHours(1);
          case 4 -> time.plusMinutes(1);
          default -> time.plusNanos(nanos(point < 0 ? 0 : digits.length() - point - 1));
        };
    return end.isAfter(time) ? Optional.of(end) : Optional.empty();
  }

  /** Nanoseconds of one unit of the last decimal of a second. */
  private static long nanos(int decimals) {
    long nanos = 1_000_000_000;
    for (int i = 0; i < decimals; i++) {
      nanos /= 10;
    }
    return nanos;
  }

  /**
   * Dates with times: "2024-", "202401-202403", "20240101120000.5+0900-". A hyphen and four digits
   * that can be an offset at the end of a value are one, as PS3.4 C.2.2.2.5.3 demands: "2024-0500"
   * is a year five hours behind UTC, "2024-2025" two years.
   *
   * @param otherwise the offset of values that carry none
   */
  public static Optional<DateTimeRange<Instant>> dateTimes(String query, ZoneOffset otherwise) {
    String text = query.strip();
    if (!isSane(text)) {
      return Optional.empty();
    }
    Optional<DateTimeRange<Instant>> single = moment(text, otherwise);
    if (single.isPresent()) {
      return single;
    }
    for (int hyphen = text.indexOf('-'); hyphen >= 0; hyphen = text.indexOf('-', hyphen + 1)) {
      String first = text.substring(0, hyphen).strip();
      String last = text.substring(hyphen + 1).strip();
      Optional<DateTimeRange<Instant>> from = moment(first, otherwise);
      Optional<DateTimeRange<Instant>> to = moment(last, otherwise);
      if (isBounded(first, from, last, to)) {
        Optional<Instant> start = from.flatMap(range -> range.from());
        Optional<Instant> end = to.flatMap(range -> range.until());
        return ordered(start, end);
      }
    }
    return Optional.empty();
  }

  private static Optional<DateTimeRange<Instant>> moment(String text, ZoneOffset otherwise) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    @Nullable String written = parts.group(8);
    Optional<ZoneOffset> offset =
        written == null
            ? Optional.of(otherwise)
            : DicomTime.offset(written).filter(DateTimeRange::isUsed);
    if (offset.isEmpty()) {
      return Optional.empty();
    }
    try {
      LocalDateTime first =
          LocalDateTime.of(
              number(parts, 1, 0),
              number(parts, 2, 1),
              number(parts, 3, 1),
              number(parts, 4, 0),
              number(parts, 5, 0),
              Math.min(number(parts, 6, 0), 59));
      @Nullable String fraction = parts.group(7);
      if (fraction != null) {
        first = first.plusNanos(Integer.parseInt(fraction) * nanos(fraction.length()));
      }
      LocalDateTime end =
          fraction == null ? end(first, parts) : first.plusNanos(nanos(fraction.length()));
      return Optional.of(
          new DateTimeRange<>(
              Optional.of(first.toInstant(offset.get())),
              Optional.of(end.toInstant(offset.get()))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Offsets go from -1200 to +1400 (PS3.5 6.2). */
  private static boolean isUsed(ZoneOffset offset) {
    int hour = 3600;
    return offset.getTotalSeconds() >= -12 * hour && offset.getTotalSeconds() <= 14 * hour;
  }

  private static LocalDateTime end(LocalDateTime first, Matcher parts) {
    ChronoUnit[] units = {
      ChronoUnit.YEARS,
      ChronoUnit.MONTHS,
      ChronoUnit.DAYS,
      ChronoUnit.HOURS,
      ChronoUnit.MINUTES,
      ChronoUnit.SECONDS
    };
    int given = 1;
    while (given < units.length && parts.group(given + 1) != null) {
      given++;
    }
    return first.plus(1, units[given - 1]);
  }

  private static int number(Matcher parts, int group, int otherwise) {
    String text = parts.group(group);
    return text == null ? otherwise : Integer.parseInt(text);
  }
}
