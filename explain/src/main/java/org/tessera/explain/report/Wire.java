package org.tessera.explain.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** How numbers and strings are written, so that the same value is always the same bytes. */
final class Wire {
  private Wire() {}

  /**
   * Rounds to six significant digits, but never away what is left of the third decimal place: a
   * level 0 pixel of a slide has more than six digits.
   *
   * @throws IllegalArgumentException for NaN and infinities, which JSON (RFC 8259 6) has no words
   *     for: a result with such a number must not be written
   */
  static double number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A result cannot carry a number that is not finite.");
    }
    if (value == 0) {
      return 0;
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    int integerDigits = exact.precision() - exact.scale();
    return exact.setScale(Math.max(3, 6 - integerDigits), RoundingMode.HALF_EVEN).doubleValue();
  }

  /** Replaces lone surrogates, which UTF-8 (and RFC 8785 3.2.2.2) cannot carry. */
  static String text(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** The last component of what might be a path: no result names a folder of the machine. */
  static String fileName(String source) {
    boolean absolute = source.startsWith("/") || source.matches("(?s)([A-Za-z]:)?[\\\\/].*");
    if (!absolute) {
      return text(source);
    }
    int cut = Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\'));
    return text(source.substring(cut + 1));
  }
}
