package org.tessera.dicom.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.Bytes;
import org.tessera.dicom.Element;
import org.tessera.dicom.Fragments;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Sequence;
import org.tessera.dicom.Tag;
import org.tessera.dicom.VR;
import org.tessera.dicom.Values;

/**
 * The DICOM JSON model (PS3.18 F.2) of a data set, on one line. Pixel data, and values above the
 * limit for inline ones, are given as {@code "byteCount"} instead of {@code "InlineBinary"}.
 * File meta information and group lengths are left out, as F.2.2 demands.
 */
public final class DicomJson {
  private static final int LONGEST_NUMBER = 256;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");

  /** Says where a value is that is not written here. */
  @FunctionalInterface
  public interface BulkData {
    /**
     * The address.
     *
     * @param path tags and item numbers (from 1), for example {@code 7FE00010} or {@code
     *     00880200/1/7FE00010}
     */
    String uri(String path);
  }

  private final Appendable out;
  private final int inlineLimit;
  private final Optional<BulkData> bulk;

  private DicomJson(Appendable out, int inlineLimit, Optional<BulkData> bulk) {
    this.out = out;
    this.inlineLimit = inlineLimit;
    this.bulk = bulk;
  }

  /** The JSON object of a data set, without a line end. */
  public static String write(Attributes dataset) {
    StringBuilder text = new StringBuilder();
    try {
      write(dataset, text, ParseLimits.standard());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes the JSON object of a data set to a writer, without a line end. */
  public static void write(Attributes dataset, Appendable out, ParseLimits limits)
      throws IOException {
    new DicomJson(out, limits.maxInlineBytes(), Optional.empty()).dataset(dataset, "");
  }

  /**
   * Writes the JSON object of a data set as DICOMweb answers it (PS3.18 F.2.6): pixel data, and
   * binary values above the limit, as {@code "BulkDataURI"}; the character set is that of JSON.
   *
   * @param inlineLimit bytes that a binary value may have to be written here
   */
  public static void write(Attributes dataset, Appendable out, int inlineLimit, BulkData bulk)
      throws IOException {
    new DicomJson(out, inlineLimit, Optional.of(bulk)).dataset(dataset, "");
  }

  private void dataset(Attributes dataset, String path) throws IOException {
    out.append('{');
    String separator = "";
    for (Element element : dataset) {
      if (element.group() == 2 || (element.tag() & 0xFFFF) == 0) {
        continue;
      }
      out.append(separator).append('"');
      out.append(HEX.toHexDigits(element.tag()));
      out.append("\":{\"vr\":\"").append(element.effectiveVr(dataset).name()).append('"');
      if (bulk.isPresent() && element.tag() == Tag.SpecificCharacterSet) {
        out.append(",\"Value\":[\"ISO_IR 192\"]");
      } else {
        value(element, dataset, path + HEX.toHexDigits(element.tag()));
      }
      out.append('}');
      separator = ",";
    }
    out.append('}');
  }

  private void value(Element element, Attributes owner, String path) throws IOException {
    switch (element.value()) {
      case Sequence sequence -> items(sequence, path);
      case Fragments fragments -> elsewhere(fragments.length(), path);
      case Bytes bytes -> {
        if (bytes.length() > 0) {
          value(element, bytes, owner, path);
        }
      }
    }
  }

  private void elsewhere(long length, String path) throws IOException {
    if (bulk.isPresent()) {
      out.append(",\"BulkDataURI\":");
      string(bulk.get().uri(path));
    } else {
      out.append(",\"byteCount\":").append(Long.toString(length));
    }
  }

  private void items(Sequence sequence, String path) throws IOException {
    if (sequence.size() == 0) {
      return;
    }
    out.append(",\"Value\":[");
    String separator = "";
    int number = 1;
    for (Attributes item : sequence) {
      out.append(separator);
      dataset(item, path + "/" + number + "/");
      number++;
      separator = ",";
    }
    out.append(']');
  }

  private static boolean isPixelData(int tag) {
    return tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
  }

  private void value(Element element, Bytes bytes, Attributes owner, String path)
      throws IOException {
    VR vr = element.effectiveVr(owner);
    boolean large = bytes.length() > inlineLimit;
    boolean mayBeElsewhere = bulk.isEmpty() || vr.kind() == VR.Kind.BULK;
    if (isPixelData(element.tag()) || large && mayBeElsewhere) {
      elsewhere(bytes.length(), path);
      return;
    }
    if (vr.kind() == VR.Kind.BULK) {
      String text = Base64.getEncoder().encodeToString(bytes.toArray());
      out.append(",\"InlineBinary\":\"").append(text).append('"');
      return;
    }
    if (vr.kind() == VR.Kind.INTEGER || vr.kind() == VR.Kind.REAL) {
      numbers(bytes, vr);
      return;
    }
    List<String> values = owner.strings(element.tag());
    if (values.isEmpty()) {
      return;
    }
    out.append(",\"Value\":[");
    String separator = "";
    for (String value : values) {
      out.append(separator);
      text(value, vr);
      separator = ",";
    }
    out.append(']');
  }

  private void text(String value, VR vr) throws IOException {
    if (value.isEmpty()) {
      // F.2.5: an empty value among others is null.
      out.append("null");
    } else if (vr == VR.PN) {
      personName(value);
    } else if ((vr == VR.DS || vr == VR.IS) && isNumber(value)) {
      out.append(number(value));
    } else {
      string(value);
    }
  }

  private static boolean isNumber(String value) {
    // PS3.5 6.2: a number has 16 characters at most; thousands of digits would take quadratic time.
    return value.length() <= LONGEST_NUMBER
        && NUMBER.matcher(value).matches();
  }

  private static String number(String value) {
    return new BigDecimal(value).toString();
  }

  private void personName(String value) throws IOException {
    String[] groups = value.split("=", 3);
    String[] names = {"Alphabetic", "Ideographic", "Phonetic"};
    out.append('{');
    String separator = "";
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].isEmpty()) {
        out.append(separator).append('"').append(names[i]).append("\":");
        string(groups[i]);
        separator = ",";
      }
    }
    out.append('}');
  }

  private void numbers(Bytes bytes, VR vr) throws IOException {
    long count = bytes.length() / vr.width();
    if (count == 0) {
      return;
    }
    out.append(",\"Value\":[");
    for (long i = 0; i < count; i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(number(bytes, vr, i * vr.width()));
    }
    out.append(']');
  }

  private static String number(Bytes bytes, VR vr, long at) {
    return switch (vr) {
      case AT -> '"' + Values.numberAsText(bytes, vr, at) + '"';
      // All digits of the double that a reader makes of it: pydicom and others compare those.
      case FL -> real(Float.intBitsToFloat(bytes.doubleWord(at)));
      case FD -> real(Double.longBitsToDouble(bytes.quadWord(at)));
      default -> Values.numberAsText(bytes, vr, at);
    };
  }

  /** JSON has no NaN and no infinity: these become strings. */
  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "\"NaN\"";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "\"inf\"" : "\"-inf\"";
    }
    return Double.toString(value);
  }

  private void string(String value) throws IOException {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c) && !isPaired(value, i)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isPaired(String value, int i) {
    char c = value.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
