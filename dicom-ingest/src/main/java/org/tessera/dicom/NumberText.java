package org.tessera.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * The text of DS and IS as it is written: at most 16 and 12 characters, an IS within 32 bits with
 * its sign (PS3.5 6.2). Reading is lenient and not done here.
 */
final class NumberText {
  private static final int LONGEST_DECIMAL = 16;
  private static final int LONGEST_INTEGER = 12;
  private static final int MOST_DIGITS = 16;

  private static final Pattern DECIMAL =
      Pattern.compile(" *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)? *");

  private static final Pattern INTEGER = Pattern.compile(" *[+-]?[0-9]+ *");

  private NumberText() {}

  /**
   * True if a value may be written as a DS or IS; an empty one may. Other VRs have no numbers as
   * text, and nothing is said of them.
   */
  static boolean isWritable(VR vr, String value) {
    return value.isBlank() && value.length() <= LONGEST_INTEGER
        || switch (vr) {
          case DS -> value.length() <= LONGEST_DECIMAL && DECIMAL.matcher(value).matches();
          case IS ->
              value.length() <= LONGEST_INTEGER
                  && INTEGER.matcher(value).matches()
                  && isInt(Long.parseLong(value.strip()));
          default -> true;
        };
  }

  private static boolean isInt(long value) {
    return value == (int) value;
  }

  /**
   * A DS with as many digits as fit.
   *
   * @throws IllegalArgumentException if the number is not finite
   */
  static String decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("A decimal string is finite.");
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    for (int digits = MOST_DIGITS; ; digits--) {
      BigDecimal rounded = rounded(exact, digits);
      // Not asked of 1E+300: its plain form has 301 characters.
      String plain = Math.abs(rounded.scale()) <= LONGEST_DECIMAL ? rounded.toPlainString() : "";
      if (!plain.isEmpty() && plain.length() <= LONGEST_DECIMAL) {
        return plain;
      }
      String scientific = rounded.toString();
      if (scientific.length() <= LONGEST_DECIMAL) {
        return scientific;
      }
    }
  }

  /** To the nearest; the largest doubles towards zero, lest they become infinite. */
  private static BigDecimal rounded(BigDecimal exact, int digits) {
    BigDecimal nearest = exact.round(new MathContext(digits));
    return (Double.isFinite(nearest.doubleValue())
            ? nearest
            : exact.round(new MathContext(digits, RoundingMode.DOWN)))
        .stripTrailingZeros();
  }

  /**
   * An IS.
   *
   * @throws IllegalArgumentException if the number does not fit 32 bits
   */
  static String integer(long value) {
    if (!isInt(value)) {
      throw new IllegalArgumentException("An integer string has 32 bits.");
    }
    return Long.toString(value);
  }
}
