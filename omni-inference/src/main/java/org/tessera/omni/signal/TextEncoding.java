package org.tessera.omni.signal;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes to text: a byte order mark decides; then UTF-16 by its zeros; then strict UTF-8, which
 * other encodings practically never are by chance; then Korean by its syllables, of which a short
 * note has too few for statistics; then the encoding that ICU finds most plausible and that decodes
 * without an error; Windows-1252 at last.
 */
final class TextEncoding {
  /** The everyday superset, where ICU names the standard. */
  private static final Map<String, String> SUPERSETS =
      Map.of(
          "EUC-KR", "x-windows-949",
          "Shift_JIS", "windows-31j",
          "ISO-8859-1", "windows-1252",
          "GB18030", "GB18030",
          "EUC-JP", "EUC-JP",
          "Big5", "Big5");

  private static final int SURE_ENOUGH = 30;
  private static final int LOPSIDED = 8;
  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final Charset KOREAN = Charset.forName("x-windows-949");

  private static final Pattern TWO_SYLLABLES = Pattern.compile("[\uAC00-\uD7A3]{2}");

  private TextEncoding() {}

  static String decode(byte[] bytes) {
    return marked(bytes)
        .or(() -> wide(bytes))
        .or(() -> strict(bytes, 0, StandardCharsets.UTF_8))
        .or(() -> strict(bytes, 0, KOREAN).filter(TextEncoding::isKorean))
        .or(() -> guessed(bytes))
        .orElseGet(() -> new String(bytes, WESTERN));
  }

  private static Optional<String> marked(byte[] bytes) {
    if (starts(bytes, 0xEF, 0xBB, 0xBF)) {
      return strict(bytes, 3, StandardCharsets.UTF_8);
    }
    if (starts(bytes, 0xFF, 0xFE)) {
      return strict(bytes, 2, StandardCharsets.UTF_16LE);
    }
    if (starts(bytes, 0xFE, 0xFF)) {
      return strict(bytes, 2, StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  private static boolean starts(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** UTF-16 without a mark: line ends and blanks put zeros on one side of the pairs only. */
  private static Optional<String> wide(byte[] bytes) {
    if (bytes.length % 2 != 0) {
      return Optional.empty();
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < bytes.length; i += 2) {
      even += bytes[i] == 0 ? 1 : 0;
      odd += bytes[i + 1] == 0 ? 1 : 0;
    }
    if (odd > LOPSIDED * even) {
      return strict(bytes, 0, StandardCharsets.UTF_16LE);
    }
    return even > LOPSIDED * odd
        ? strict(bytes, 0, StandardCharsets.UTF_16BE)
        : Optional.empty();
  }

  private static Optional<String> guessed(byte[] bytes) {
    List<Charset> candidates = new ArrayList<>();
    for (CharsetMatch match : new CharsetDetector().setText(bytes).detectAll()) {
      String superset = SUPERSETS.get(match.getName());
      if (superset != null && match.getConfidence() >= SURE_ENOUGH) {
        candidates.add(Charset.forName(superset));
      }
    }
    return candidates.stream()
        .flatMap(each -> strict(bytes, 0, each).stream())
        .filter(TextEncoding::plausible)
        .findFirst();
  }

  /** All letters beyond ASCII are syllables, and two of them stand side by side somewhere. */
  private static boolean isKorean(String text) {
    return plausible(text)
        && TWO_SYLLABLES.matcher(text).find()
        && text.codePoints()
            .filter(each -> each >= 0x80 && Character.isLetter(each))
            .allMatch(each -> each >= 0xAC00 && each <= 0xD7A3);
  }

  /** Letters beyond ASCII outweigh the signs of a wrong guess (private use, rare symbols). */
  private static boolean plausible(String text) {
    long foreign = text.codePoints().filter(each -> each >= 0x80).count();
    long likely =
        text.codePoints()
            .filter(each -> each >= 0x80)
            .filter(TextEncoding::isLikely)
            .count();
    return foreign > 0 && likely * 10 >= foreign * 9;
  }

  private static boolean isLikely(int codePoint) {
    return Character.isLetter(codePoint)
        || Character.UnicodeBlock.of(codePoint)
            == Character.UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION
        || Character.UnicodeBlock.of(codePoint)
            == Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS
        || "·…‘’“”–—°±µ×÷²³½¼¾ºª§€™•\u00A0".indexOf(codePoint) >= 0;
  }

  private static Optional<String> strict(byte[] bytes, int from, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
