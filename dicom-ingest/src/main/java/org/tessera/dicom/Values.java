package org.tessera.dicom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Turns the bytes of a value into text and numbers (PS3.5 6.2). */
public final class Values {
  private Values() {}

  static List<String> strings(Element element, Attributes owner) {
    if (!(element.value() instanceof Bytes bytes)
        || bytes.length() == 0
        || bytes.length() > ParseLimits.LONGEST_TEXT) {
      return List.of();
    }
    VR vr = element.effectiveVr(owner);
    return switch (vr.kind()) {
      case ASCII -> split(new String(bytes.toArray(), StandardCharsets.ISO_8859_1), true);
      case TEXT -> split(owner.characterSet().decode(bytes.toArray(), vr), false);
      case LONG_TEXT -> {
        String text =
            vr == VR.UR
                ? new String(bytes.toArray(), StandardCharsets.ISO_8859_1)
                : owner.characterSet().decode(bytes.toArray(), vr);
        yield List.of(trimmedEnd(text));
      }
      case INTEGER, REAL -> numbersAsText(bytes, vr);
      case BULK, SEQUENCE -> List.of();
    };
  }

  /** Defined terms (CS), whatever the VR says; more of them than there are count as none. */
  static List<String> terms(Bytes bytes) {
    return bytes.length() > ParseLimits.LONGEST_TERMS
        ? List.of()
        : split(new String(bytes.toArray(), StandardCharsets.ISO_8859_1), true);
  }

  private static List<String> numbersAsText(Bytes bytes, VR vr) {
    int count = (int) Math.min(bytes.length() / vr.width(), ParseLimits.MOST_NUMBERS);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(numberAsText(bytes, vr, (long) i * vr.width()));
    }
    return texts;
  }

  /**
   * A number of a binary VR as text, exact: integers as digits, FL and FD in their shortest form,
   * AT as eight hexadecimal digits.
   */
  public static String numberAsText(Bytes bytes, VR vr, long at) {
    return switch (vr) {
      case US -> Integer.toString(bytes.word(at) & 0xFFFF);
      case SS -> Short.toString(bytes.word(at));
      case UL -> Integer.toUnsignedString(bytes.doubleWord(at));
      case SL -> Integer.toString(bytes.doubleWord(at));
      case UV -> Long.toUnsignedString(bytes.quadWord(at));
      case SV -> Long.toString(bytes.quadWord(at));
      case AT -> HexFormat.of().withUpperCase().toHexDigits(tag(bytes, at));
      case FL -> real(Float.intBitsToFloat(bytes.doubleWord(at)));
      case FD -> real(Double.longBitsToDouble(bytes.quadWord(at)));
      default -> throw new IllegalArgumentException(vr + " has no numbers.");
    };
  }

  private static String real(float value) {
    return isShortInteger(value, 1 << 24)
        ? Integer.toString((int) value)
        : Float.toString(value);
  }

  private static String real(double value) {
    return isShortInteger(value, 1L << 53)
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** An integer has no sign on its zero. */
  private static boolean isShortInteger(double value, long limit) {
    return value == Math.rint(value)
        && Math.abs(value) < limit
        && Double.compare(value, -0.0) != 0;
  }

  private static List<String> split(String text, boolean bothEnds) {
    String whole = trimmedEnd(text);
    if (whole.isEmpty()) {
      return List.of();
    }
    List<String> values = new ArrayList<>(2);
    int from = 0;
    for (int at = whole.indexOf('\\'); at >= 0; at = whole.indexOf('\\', from)) {
      if (values.size() == ParseLimits.MOST_VALUES) {
        return List.of();
      }
      values.add(trimmed(whole.substring(from, at), bothEnds));
      from = at + 1;
    }
    values.add(trimmed(whole.substring(from), bothEnds));
    return values;
  }

  private static String trimmed(String text, boolean bothEnds) {
    String end = trimmedEnd(text);
    return bothEnds ? end.stripLeading() : end;
  }

  private static String trimmedEnd(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
      end--;
    }
    return text.substring(0, end);
  }

  static double[] reals(Element element, Attributes owner) {
    return reals(element, owner, ParseLimits.MOST_NUMBERS);
  }

  /** The first number, NaN if it is none; what follows costs nothing. Empty without a value. */
  static double[] first(Element element, Attributes owner) {
    return reals(element, owner, 1);
  }

  private static double[] reals(Element element, Attributes owner, int most) {
    if (!(element.value() instanceof Bytes bytes)) {
      return new double[0];
    }
    VR vr = element.effectiveVr(owner);
    return switch (vr.kind()) {
      case ASCII -> most == 1 ? firstParsed(bytes) : parsed(strings(element, owner));
      case INTEGER, REAL -> binary(bytes, vr, most);
      case BULK -> vr == VR.UN || vr == VR.OB ? new double[0] : binary(bytes, vr, most);
      case TEXT, LONG_TEXT, SEQUENCE -> new double[0];
    };
  }

  private static double[] firstParsed(Bytes bytes) {
    byte[] head = new byte[(int) Math.min(bytes.length(), ParseLimits.LONGEST_NUMBER)];
    bytes.copy(0, head, 0, head.length);
    List<String> values = split(new String(head, StandardCharsets.ISO_8859_1), true);
    return values.isEmpty() ? new double[0] : new double[] {number(values.getFirst())};
  }

  private static double[] parsed(List<String> texts) {
    double[] numbers = new double[Math.min(texts.size(), ParseLimits.MOST_NUMBERS)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(texts.get(i));
    }
    return numbers;
  }

  private static double number(String text) {
    // DS and IS: digits, sign, point, exponent (PS3.5 6.2); Java would take "NaN" too.
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static double[] binary(Bytes bytes, VR vr, int most) {
    int count = (int) Math.min(bytes.length() / vr.width(), most);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      long at = (long) i * vr.width();
      numbers[i] =
          switch (vr) {
            case US, OW -> bytes.word(at) & 0xFFFF;
            case SS -> bytes.word(at);
            case SL -> bytes.doubleWord(at);
            case UL, OL -> bytes.doubleWord(at) & 0xFFFFFFFFL;
            case AT -> tag(bytes, at) & 0xFFFFFFFFL;
            case FL, OF -> Float.intBitsToFloat(bytes.doubleWord(at));
            case FD, OD -> Double.longBitsToDouble(bytes.quadWord(at));
            case SV, OV -> bytes.quadWord(at);
            case UV -> unsigned(bytes.quadWord(at));
            default -> Double.NaN;
          };
    }
    return numbers;
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value >>> 1) * 2.0;
  }

  /** The tag that an AT value names: group first, element second. */
  public static int tag(Bytes bytes, long at) {
    return (bytes.word(at) << 16) | (bytes.word(at + 2) & 0xFFFF);
  }

  /** Integers as bytes, little endian; of each as many low bits as the VR has. */
  public static byte[] encoded(VR vr, long... values) {
    byte[] bytes = new byte[values.length * vr.width()];
    for (int i = 0; i < values.length; i++) {
      long value = vr == VR.AT ? (values[i] << 16 | values[i] >>> 16 & 0xFFFF) : values[i];
      for (int b = 0; b < vr.width(); b++) {
        bytes[i * vr.width() + b] = (byte) (value >> (8 * b));
      }
    }
    return bytes;
  }

  /** True if an integer lies in the range of a binary VR; a UV takes all 64 bits. */
  static boolean fits(VR vr, long value) {
    return switch (vr) {
      case US -> value >= 0 && value <= 0xFFFF;
      case SS -> value == (short) value;
      case UL -> value >= 0 && value <= 0xFFFFFFFFL;
      case SL -> value == (int) value;
      // A tag is an int here, with a sign from group 8000 on.
      case AT -> value >= Integer.MIN_VALUE && value <= 0xFFFFFFFFL;
      default -> vr == VR.SV || vr == VR.UV;
    };
  }

  /** Numbers as bytes of FL or FD, little endian. */
  static byte[] encodedReals(VR vr, double... values) {
    if (vr.kind() != VR.Kind.REAL) {
      throw new IllegalArgumentException(vr + " holds no binary numbers.");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * vr.width()).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      if (vr == VR.FL) {
        bytes.putFloat((float) value);
      } else {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }
}
