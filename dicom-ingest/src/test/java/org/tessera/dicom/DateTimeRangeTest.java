package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Ranges of queries (PS3.4 C.2.2.2.5). */
class DateTimeRangeTest {
  private static final ZoneOffset UTC = ZoneOffset.UTC;

  private static DateTimeRange<Instant> moments(String text) {
    return DateTimeRange.dateTimes(text, UTC).orElseThrow();
  }

  private static void assertMoments(String text, String from, String until) {
    DateTimeRange<Instant> range = moments(text);
    assertThat(range.from()).as(text).isEqualTo(instant(from));
    assertThat(range.until()).as(text).isEqualTo(instant(until));
  }

  private static Optional<Instant> instant(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }

  @Test
  void daysMatchWithBothEndsIncluded() {
    DateTimeRange<LocalDate> year = DateTimeRange.dates("20240101-20241231").orElseThrow();
    assertThat(year.contains(LocalDate.of(2024, 1, 1))).isTrue();
    assertThat(year.contains(LocalDate.of(2024, 12, 31))).isTrue();
    assertThat(year.contains(LocalDate.of(2025, 1, 1))).isFalse();
    assertThat(year.contains(LocalDate.of(2023, 12, 31))).isFalse();
    DateTimeRange<LocalDate> before = DateTimeRange.dates("-20240101").orElseThrow();
    assertThat(before.from()).isEmpty();
    assertThat(before.contains(LocalDate.of(2024, 1, 1))).isTrue();
    assertThat(before.contains(LocalDate.of(2024, 1, 2))).isFalse();
    DateTimeRange<LocalDate> since = DateTimeRange.dates("2024.01.01 - ").orElseThrow();
    assertThat(since.until()).isEmpty();
    assertThat(DateTimeRange.dates("20240229").orElseThrow().until())
        .hasValue(LocalDate.of(2024, 3, 1));
  }

  @Test
  void timesReachToTheEndOfWhatTheyLeaveOpen() {
    DateTimeRange<LocalTime> morning = DateTimeRange.times("10-1130").orElseThrow();
    assertThat(morning.contains(LocalTime.of(9, 59, 59))).isFalse();
    assertThat(morning.contains(LocalTime.of(10, 0))).isTrue();
    assertThat(morning.contains(LocalTime.of(11, 30, 59))).isTrue();
    assertThat(morning.contains(LocalTime.of(11, 31))).isFalse();
    DateTimeRange<LocalTime> any = DateTimeRange.times("-23").orElseThrow();
    assertThat(any.contains(LocalTime.MAX)).isTrue();
    assertThat(any.contains(LocalTime.MIN)).isTrue();
    assertThat(DateTimeRange.times("101112.5").orElseThrow().until())
        .hasValue(LocalTime.of(10, 11, 12, 600_000_000));
    assertThat(DateTimeRange.times("10:11").orElseThrow().until())
        .hasValue(LocalTime.of(10, 12));
  }

  @Test
  void momentsHavePartialPrecisionAndOffsets() {
    assertMoments("2024-", "2024-01-01T00:00:00Z", "");
    assertMoments("-2024", "", "2025-01-01T00:00:00Z");
    assertMoments("202402", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z");
    assertMoments("2024-2025", "2024-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
    assertMoments("2024-0500", "2024-01-01T05:00:00Z", "2025-01-01T05:00:00Z");
    assertMoments("2024-0500-2025+0100", "2024-01-01T05:00:00Z", "2025-12-31T23:00:00Z");
    assertMoments("20240101120000.5+0900-", "2024-01-01T03:00:00.500Z", "");
    assertMoments("-20240101120000.25-0100", "", "2024-01-01T13:00:00.260Z");
    assertMoments("2024010112", "2024-01-01T12:00:00Z", "2024-01-01T13:00:00Z");
    assertThat(DateTimeRange.dateTimes("2024", ZoneOffset.ofHours(2)).orElseThrow().from())
        .hasValue(Instant.parse("2023-12-31T22:00:00Z"));
  }

  @Test
  void whatIsNoRangeIsEmpty() {
    for (String text : List.of("", "-", "x", "2024", "20230229", "20240101-x", "20240102-20240101",
        "20240101-20240102-20240103", "20240101--", "9".repeat(100_000))) {
      assertThat(DateTimeRange.dates(text)).as(text).isEmpty();
    }
    for (String text : List.of("", "-", "24", "1", "11-10", "2200-0200", "10-x", "10--11")) {
      assertThat(DateTimeRange.times(text)).as(text).isEmpty();
    }
    for (String text : List.of("", "-", "--", "202413", "20230229", "2024+1500", "2024+09",
        "2025-2024", "20240101120000.1234567", "2024-x", "1-".repeat(50_000))) {
      assertThat(DateTimeRange.dateTimes(text, UTC)).as(text).isEmpty();
    }
  }
}
