package org.tessera.explain.narrative;

import java.util.Locale;
import java.util.Map;

/**
 * A number with its unit.
 *
 * @param value in the base unit
 * @param unit base unit: {@code mm}, {@code ml}, {@code %}, {@code day}, {@code °C}, or the unit as
 *     written where it is none of these; empty for a bare number
 */
public record Quantity(double value, String unit) {
  private static final Map<String, Quantity> BASE =
      Map.ofEntries(
          Map.entry("mm", new Quantity(1, "mm")),
          Map.entry("millimetre", new Quantity(1, "mm")),
          Map.entry("millimeter", new Quantity(1, "mm")),
          Map.entry("cm", new Quantity(10, "mm")),
          Map.entry("centimetre", new Quantity(10, "mm")),
          Map.entry("centimeter", new Quantity(10, "mm")),
          Map.entry("ml", new Quantity(1, "ml")),
          Map.entry("cc", new Quantity(1, "ml")),
          Map.entry("l", new Quantity(1000, "ml")),
          Map.entry("litre", new Quantity(1000, "ml")),
          Map.entry("liter", new Quantity(1000, "ml")),
          Map.entry("%", new Quantity(1, "%")),
          Map.entry("percent", new Quantity(1, "%")),
          Map.entry("per cent", new Quantity(1, "%")),
          Map.entry("day", new Quantity(1, "day")),
          Map.entry("week", new Quantity(7, "day")),
          Map.entry("month", new Quantity(30, "day")),
          Map.entry("year", new Quantity(365, "day")));

  /**
   * A quantity as written.
   *
   * @param number the value
   * @param unit as written, singular or plural
   */
  public static Quantity of(double number, String unit) {
    String lower = unit.toLowerCase(Locale.ROOT).strip();
    Quantity base = BASE.get(lower);
    if (base == null && lower.endsWith("s")) {
      base = BASE.get(lower.substring(0, lower.length() - 1));
    }
    return base == null
        ? new Quantity(number, lower)
        : new Quantity(number * base.value(), base.unit());
  }

  /** True if both say the same, up to one per cent for rounding. */
  boolean agrees(Quantity other) {
    return unit.equals(other.unit)
        && Math.abs(value - other.value) <= 0.01 * Math.max(Math.abs(value), Math.abs(other.value));
  }
}
