package org.tessera.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The dates of FHIR (R4 2.24.0.1): a year, a month, a day, or a time with its offset.
 *
 * <p>A partial date is its first moment in UTC, and so is a time that lacks the offset, so that
 * the machine's own time zone never matters.
 */
final class FhirTime {
  private static final int YEAR = 4;
  private static final int MONTH = 7;
  private static final int DAY = 10;

  private FhirTime() {}

  /** The moment, or empty if the text is no date. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(
          switch (text.length()) {
            case YEAR -> Year.parse(text).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case MONTH -> YearMonth.parse(text).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case DAY -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            default -> withTime(text);
          });
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant withTime(String text) {
    int time = text.indexOf('T');
    boolean offset =
        time >= 0
            && (text.endsWith("Z") || text.indexOf('+', time) >= 0 || text.indexOf('-', time) >= 0);
    return offset
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }
}
