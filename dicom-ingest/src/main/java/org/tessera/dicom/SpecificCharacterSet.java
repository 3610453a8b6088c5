package org.tessera.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Specific Character Set (0008,0005): how text bytes become characters (PS3.5 6.1, PS3.3
 * C.12.1.1.2), with the code extensions of ISO 2022. Immutable.
 */
public final class SpecificCharacterSet {
  /** The default repertoire. Bytes beyond it are read as Latin-1, which loses nothing. */
  public static final SpecificCharacterSet ASCII = new SpecificCharacterSet(List.of());

  private static final int ESCAPE = 0x1B;
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset GBK = Charset.forName("GBK");

  private final List<CodeTable> tables;
  private final Optional<Charset> whole;

  private SpecificCharacterSet(List<String> terms) {
    List<CodeTable> found = new ArrayList<>();
    Optional<Charset> single = Optional.empty();
    for (String term : terms) {
      Optional<Charset> alone = standingAlone(term);
      if (alone.isEmpty()) {
        CodeTable.ofTerm(term).ifPresent(found::add);
      } else if (found.stream().allMatch(CodeTable.ASCII::equals)) {
        single = alone;
        break;
      }
    }
    this.tables = found.isEmpty() ? List.of(CodeTable.ASCII) : List.copyOf(found);
    this.whole = single;
  }

  /** A set that takes no code extensions (PS3.5 6.1.2.5.4 d); behind another one it counts not. */
  private static Optional<Charset> standingAlone(String term) {
    return switch (term.strip().toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "")) {
      case "ISOIR192", "ISO2022IR192", "UTF8" -> Optional.of(StandardCharsets.UTF_8);
      case "GB18030" -> Optional.of(GB18030);
      case "GBK", "ISO2022GBK" -> Optional.of(GBK);
      default -> Optional.empty();
    };
  }

  /**
   * The character set of the values of (0008,0005). Spelling is read leniently ("ISO-IR 100");
   * terms that are not known are passed over.
   */
  public static SpecificCharacterSet of(List<String> terms) {
    return terms.isEmpty() ? ASCII : new SpecificCharacterSet(terms);
  }

  /** Decodes the whole value, backslashes included. Never fails: what is no character is U+FFFD. */
  public String decode(byte[] bytes, VR vr) {
    if (whole.isPresent()) {
      return new String(bytes, whole.get());
    }
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    CodeTable initial = tables.getFirst();
    CodeTable low = initialLow();
    CodeTable high = initial;
    int at = 0;
    while (at < bytes.length) {
      int b = bytes[at] & 0xFF;
      if (b == ESCAPE) {
        Optional<CodeTable> switched = CodeTable.ofEscape(bytes, at);
        if (switched.isPresent()) {
          CodeTable table = switched.get();
          if (table.isLow()) {
            low = table;
          }
          if (table.isHigh()) {
            high = table;
          }
          at += table.escapeLength();
          continue;
        }
      }
      boolean resets = b < ' ' || low.width() == 1 && isDelimiter(b, vr);
      CodeTable table = b < 0x80 ? low : high;
      int count = b <= 0x20 ? 1 : Math.min(table.width(), bytes.length - at);
      text.append(b <= 0x20 ? Character.toString((char) b) : table.decode(bytes, at, count));
      at += count;
      if (resets) {
        low = initialLow();
        high = initial;
      }
    }
    return text.toString();
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == ESCAPE) {
        return false;
      }
    }
    return true;
  }

  /**
   * PS3.5 6.1.2.5.3: the initial state returns at delimiters of values and of components, and at
   * control characters. A backslash in LT, ST and UT delimits nothing (PS3.5 6.2).
   */
  private static boolean isDelimiter(int b, VR vr) {
    return b < ' '
        || b == '\\' && vr.kind() != VR.Kind.LONG_TEXT
        || vr == VR.PN && (b == '^' || b == '=');
  }

  /** What the bytes below 80 mean at first: Romaji beside Katakana, else ASCII. */
  private CodeTable initialLow() {
    return tables.getFirst().equals(CodeTable.KATAKANA) ? CodeTable.ROMAJI : CodeTable.ASCII;
  }

  /** Encodes a value; characters that none of the sets holds become question marks. */
  public byte[] encode(String text, VR vr) {
    if (whole.isPresent()) {
      return text.getBytes(whole.get());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
    boolean lowIsAscii = true;
    CodeTable high = tables.getFirst();
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      String character = Character.toString(point);
      at += character.length();
      if (point < 0x80) {
        if (!lowIsAscii) {
          bytes.writeBytes(initialLow().escape());
          lowIsAscii = true;
        }
        bytes.write(point);
        if (isDelimiter(point, vr)) {
          high = tables.getFirst();
        }
        continue;
      }
      Optional<CodeTable> table = tables.stream().filter(t -> t.holds(character)).findFirst();
      if (table.isEmpty()) {
        bytes.write('?');
        continue;
      }
      if (table.get().isLow() ? lowIsAscii : !table.get().equals(high)) {
        bytes.writeBytes(table.get().escape());
      }
      if (table.get().isLow() && table.get().width() == 2) {
        lowIsAscii = false;
      } else {
        high = table.get();
      }
      bytes.writeBytes(table.get().encode(character));
    }
    if (!lowIsAscii) {
      bytes.writeBytes(initialLow().escape());
    }
    return bytes.toByteArray();
  }

  /**
   * One set of ISO 2022.
   *
   * @param term the defined term without its ISO_IR or ISO 2022 IR
   * @param escapeText what follows ESC to designate it
   * @param charset Java charset that decodes it with the high bit set
   * @param prefix byte put before each character for that charset, or 0
   * @param width bytes of a character
   * @param isLow designated to G0 (bytes below 80)
   * @param isHigh designated to G1 (bytes from 80)
   */
  private record CodeTable(
      String term,
      String escapeText,
      String charset,
      int prefix,
      int width,
      boolean isLow,
      boolean isHigh) {

    static final CodeTable ASCII = new CodeTable("6", "(B", "ISO-8859-1", 0, 1, true, false);

    /** The lower half of JIS X 0201; its yen sign and overline are read as ASCII, as peers do. */
    static final CodeTable ROMAJI =
        new CodeTable("14", "(J", "ISO-8859-1", 0, 1, true, false);

    static final CodeTable KATAKANA = high("13", ")I", "JIS_X0201");

    private static final List<CodeTable> ALL =
        List.of(
            ASCII,
            high("100", "-A", "ISO-8859-1"),
            high("101", "-B", "ISO-8859-2"),
            high("109", "-C", "ISO-8859-3"),
            high("110", "-D", "ISO-8859-4"),
            high("144", "-L", "ISO-8859-5"),
            high("127", "-G", "ISO-8859-6"),
            high("126", "-F", "ISO-8859-7"),
            high("138", "-H", "ISO-8859-8"),
            high("148", "-M", "ISO-8859-9"),
            high("203", "-b", "ISO-8859-15"),
            high("166", "-T", "TIS-620"),
            KATAKANA,
            ROMAJI,
            new CodeTable("87", "$B", "EUC-JP", 0, 2, true, false),
            new CodeTable("42", "$@", "EUC-JP", 0, 2, true, false),
            new CodeTable("159", "$(D", "EUC-JP", 0x8F, 2, true, false),
            new CodeTable("149", "$)C", "EUC-KR", 0, 2, false, true),
            new CodeTable("58", "$)A", "GB2312", 0, 2, false, true));

    private static CodeTable high(String term, String escape, String charset) {
      return new CodeTable(term, escape, charset, 0, 1, false, true);
    }

    /** By the registration number at the end of a term; without a term, the default repertoire. */
    static Optional<CodeTable> ofTerm(String written) {
      String name = written.strip();
      if (name.isEmpty()) {
        return Optional.of(ASCII);
      }
      if (!name.regionMatches(true, 0, "ISO", 0, 3)) {
        return Optional.empty();
      }
      int digits = name.length();
      while (Character.digit(name.charAt(digits - 1), 10) >= 0) {
        digits--;
      }
      String number = name.substring(digits);
      return ALL.stream().filter(table -> table.term.equals(number)).findFirst();
    }

    static Optional<CodeTable> ofEscape(byte[] bytes, int at) {
      for (CodeTable table : ALL) {
        String escape = table.escapeText;
        int i = 0;
        while (i < escape.length()
            && at + 1 + i < bytes.length
            && bytes[at + 1 + i] == escape.charAt(i)) {
          i++;
        }
        if (i == escape.length()) {
          return Optional.of(table);
        }
      }
      return Optional.empty();
    }

    int escapeLength() {
      return 1 + escapeText.length();
    }

    byte[] escape() {
      return ((char) ESCAPE + escapeText).getBytes(StandardCharsets.US_ASCII);
    }

    String decode(byte[] bytes, int at, int count) {
      int extra = prefix == 0 ? 0 : 1;
      byte[] character = new byte[count + extra];
      character[0] = (byte) prefix;
      for (int i = 0; i < count; i++) {
        character[extra + i] = (byte) (width == 2 ? bytes[at + i] | 0x80 : bytes[at + i]);
      }
      return new String(character, Charset.forName(charset));
    }

    boolean holds(String character) {
      if (this.equals(ASCII) || term.equals("14")) {
        return false;
      }
      return encoded(character).isPresent();
    }

    byte[] encode(String character) {
      return encoded(character).orElse(new byte[] {'?'});
    }

    /** The bytes of a character in this set; empty if it is not in it. */
    private Optional<byte[]> encoded(String character) {
      byte[] bytes;
      try {
        ByteBuffer buffer =
            Charset.forName(charset)
                .newEncoder()
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .encode(CharBuffer.wrap(character));
        bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
      int skip = prefix == 0 ? 0 : 1;
      if (bytes.length != width + skip || (skip == 1 && (bytes[0] & 0xFF) != prefix)) {
        return Optional.empty();
      }
      // EUC-JP also holds half-width katakana, behind 8E: not in JIS X 0208.
      if (charset.equals("EUC-JP") && skip == 0 && (bytes[0] & 0xFF) == 0x8E) {
        return Optional.empty();
      }
      byte[] own = new byte[width];
      for (int i = 0; i < width; i++) {
        own[i] = (byte) (isLow ? bytes[skip + i] & 0x7F : bytes[skip + i]);
      }
      return Optional.of(own);
    }
  }
}
