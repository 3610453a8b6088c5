package org.tessera.dicom;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.tessera.casemodel.RejectedInputException;

/**
 * Makes a data set of the elements of a JSON or XML model. Group lengths, command and file meta
 * elements are no part of a model and left out (PS3.18 F.2.2); delimiters are refused.
 *
 * <p>Text is encoded in the character set that the model names; where that set lacks a character,
 * or none is named, in UTF-8 throughout.
 */
public final class ModelBuilder {
  private static final String UTF_8 = "ISO_IR 192";

  private final boolean utf8;
  private boolean lossy;

  private ModelBuilder(boolean utf8) {
    this.utf8 = utf8;
  }

  /**
   * The data set.
   *
   * @throws RejectedInputException if a number is none or does not fit its VR
   */
  public static Attributes build(List<ModelElement> elements) throws RejectedInputException {
    ModelBuilder declared = new ModelBuilder(false);
    Attributes dataset = new Attributes();
    declared.fill(dataset, elements);
    if (!declared.lossy) {
      return dataset;
    }
    Attributes again = new Attributes();
    again.setString(Tag.SpecificCharacterSet, VR.CS, UTF_8);
    new ModelBuilder(true).fill(again, elements);
    return again;
  }

  private void fill(Attributes target, List<ModelElement> elements)
      throws RejectedInputException {
    // The character set first: the members of a JSON object come in any order.
    for (ModelElement element : elements) {
      if (element.tag() == Tag.SpecificCharacterSet && !utf8) {
        add(target, element);
      }
    }
    for (ModelElement element : elements) {
      if (element.tag() != Tag.SpecificCharacterSet) {
        add(target, element);
      }
    }
  }

  private void add(Attributes target, ModelElement element) throws RejectedInputException {
    int tag = element.tag();
    VR vr = element.vr();
    int group = tag >>> 16;
    if (group == 0xFFFE) {
      throw new RejectedInputException("The model holds a delimiter in place of an element.");
    }
    if (group == 0 || group == 2 || (tag & 0xFFFF) == 0) {
      return;
    }
    if (vr == VR.SQ) {
      Sequence sequence = target.newSequence(tag);
      for (List<ModelElement> item : element.items()) {
        fill(sequence.add(new Attributes()), item);
      }
    } else if (element.bulk().isPresent()) {
      target.setBytes(tag, vr, element.bulk().get());
    } else if (vr.isText()) {
      addText(target, element);
    } else if (vr.kind() == VR.Kind.BULK) {
      target.setEmpty(tag, vr);
    } else {
      target.setBytes(tag, vr, numbers(element));
    }
  }

  private void addText(Attributes target, ModelElement element) {
    String text = String.join("\\", element.values());
    VR vr = element.vr();
    target.setText(element.tag(), vr, text);
    if (!lossy && !text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      byte[] bytes =
          vr.usesCharacterSet() ? target.characterSet().encode(text, vr) : new byte[0];
      lossy =
          vr.usesCharacterSet() && !target.characterSet().decode(bytes, vr).equals(text);
    }
  }

  private static byte[] numbers(ModelElement element) throws RejectedInputException {
    VR vr = element.vr();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(element.values().size(), vr.width()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (String value : element.values()) {
      try {
        put(bytes, vr, value);
      } catch (NumberFormatException | ArithmeticException e) {
        throw new RejectedInputException(
            "A value of %s is no number of VR %s."
                .formatted(ElementDictionary.describe(element.tag()), vr),
            e);
      }
    }
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, VR vr, String value) {
    if (value.length() > ParseLimits.LONGEST_NUMBER) {
      // Thousands of digits would take quadratic time.
      throw new NumberFormatException("too long");
    }
    switch (vr) {
      case FL -> bytes.putFloat((float) real(value));
      case FD -> bytes.putDouble(real(value));
      case AT -> {
        int tag = Integer.parseUnsignedInt(value, 16);
        bytes.putShort((short) (tag >>> 16)).putShort((short) tag);
      }
      case US -> bytes.putShort((short) integer(value, 16, false));
      case SS -> bytes.putShort((short) integer(value, 16, true));
      case UL -> bytes.putInt((int) integer(value, 32, false));
      case SL -> bytes.putInt((int) integer(value, 32, true));
      case UV -> bytes.putLong(integer(value, 64, false));
      case SV -> bytes.putLong(integer(value, 64, true));
      default -> throw new IllegalArgumentException(vr + " has no numbers.");
    }
  }

  private static double real(String value) {
    return switch (value) {
      case "NaN" -> Double.NaN;
      case "inf", "Infinity", "INF" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(value);
    };
  }

  /** An integer in whatever form a writer gave it ("2", "2.0", "2e3"), if it fits. */
  private static long integer(String value, int bits, boolean signed) {
    BigDecimal decimal = new BigDecimal(value);
    if (decimal.precision() - (long) decimal.scale() > 20 || decimal.scale() > 20) {
      throw new ArithmeticException("out of range");
    }
    BigInteger exact = decimal.toBigIntegerExact();
    boolean fits =
        signed ? exact.bitLength() < bits : exact.signum() >= 0 && exact.bitLength() <= bits;
    if (!fits) {
      throw new ArithmeticException("out of range");
    }
    return exact.longValue();
  }
}
