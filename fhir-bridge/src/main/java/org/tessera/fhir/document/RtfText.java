package org.tessera.fhir.document;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tessera.casemodel.RejectedInputException;

/**
 * The text that an RTF document shows (Microsoft RTF specification 1.9.1): no pictures, no tables
 * of fonts and styles, nothing hidden, deleted or struck out; a line for each paragraph and row.
 *
 * <p>One walk over the bytes with a bounded stack of groups; the time grows with their number only.
 */
final class RtfText {
  private static final int MOST_GROUPS = 1000;

  /** Destinations that show nothing where they stand. */
  private static final Set<String> UNSEEN =
      Set.of(
          "colortbl", "stylesheet", "info", "pict", "nonshppict", "fldinst", "objdata", "objclass",
          "objname", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator",
          "datastore", "themedata", "colorschememapping", "latentstyles", "xmlnstbl", "filetbl",
          "template", "sp", "xe", "tc", "rxe", "bkmkstart", "bkmkend", "private", "docvar");

  /** Ignorable destinations ({@code \*}) with words that are shown. */
  private static final Set<String> SEEN = Set.of("shpinst", "shptxt", "shppict");

  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("par", "\n"),
          Map.entry("line", "\n"),
          Map.entry("sect", "\n"),
          Map.entry("page", "\n"),
          Map.entry("row", "\n"),
          Map.entry("nestrow", "\n"),
          Map.entry("column", "\n"),
          Map.entry("tab", " "),
          Map.entry("cell", " "),
          Map.entry("nestcell", " "),
          Map.entry("emspace", " "),
          Map.entry("enspace", " "),
          Map.entry("qmspace", " "),
          Map.entry("emdash", "—"),
          Map.entry("endash", "–"),
          Map.entry("bullet", "•"),
          Map.entry("lquote", "‘"),
          Map.entry("rquote", "’"),
          Map.entry("ldblquote", "“"),
          Map.entry("rdblquote", "”"));

  /** What a group inherits. */
  private static final class State {
    private boolean unseen;
    private boolean fonts;
    private boolean hidden;
    private boolean struck;
    private boolean deleted;
    private int skipped = 1;
    private int font = -1;

    private State copy() {
      State copy = new State();
      copy.unseen = unseen;
      copy.fonts = fonts;
      copy.hidden = hidden;
      copy.struck = struck;
      copy.deleted = deleted;
      copy.skipped = skipped;
      copy.font = font;
      return copy;
    }
  }

  private final byte[] rtf;
  private final Lines lines = new Lines();
  private final Deque<State> groups = new ArrayDeque<>();
  private final Map<Integer, Integer> charsets = new HashMap<>();
  private final Set<Integer> symbolFonts = new HashSet<>();
  private final StringBuilder fontName = new StringBuilder();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Charset charset = RtfCharsets.WESTERN;
  private State state = new State();
  private int defaultFont = -1;
  private int at;

  /** Characters after a Unicode one that stand for it where Unicode is not understood. */
  private int toSkip;

  private boolean ignorable;

  private RtfText(byte[] rtf) {
    this.rtf = rtf;
  }

  /**
   * Reads a document.
   *
   * @throws RejectedInputException if it is no RTF or its groups are nested too deep
   */
  static String of(byte[] rtf) throws RejectedInputException {
    if (!new String(rtf, 0, Math.min(5, rtf.length), StandardCharsets.US_ASCII).equals("{\\rtf")) {
      throw new RejectedInputException("The document is not RTF.");
    }
    RtfText reader = new RtfText(rtf);
    reader.readAll();
    return reader.lines.tidied();
  }

  private void readAll() throws RejectedInputException {
    while (at < rtf.length) {
      int each = rtf[at++];
      switch (each) {
        case '{' -> open();
        case '}' -> {
          if (groups.isEmpty()) {
            return;
          }
          close();
        }
        case '\\' -> control();
        case '\r', '\n' -> {}
        default -> letter(each & 0xff);
      }
    }
    flush();
    if (!groups.isEmpty()) {
      throw new RejectedInputException("The RTF document ends in the middle: it was cut off.");
    }
  }

  private void open() throws RejectedInputException {
    flush();
    toSkip = 0;
    groups.push(state);
    if (groups.size() > MOST_GROUPS) {
      throw new RejectedInputException(
          "The groups of the RTF document are nested deeper than %,d.".formatted(MOST_GROUPS));
    }
    state = state.copy();
    ignorable = false;
  }

  private void close() {
    flush();
    toSkip = 0;
    state = groups.pop();
  }

  private void control() {
    if (at >= rtf.length) {
      return;
    }
    int symbol = rtf[at] & 0xff;
    if (isLetter(symbol)) {
      word();
      return;
    }
    at++;
    switch (symbol) {
      case '\'' -> hexadecimal();
      case '*' -> ignorable = true;
      case '~' -> say(" ");
      case '_' -> say("-");
      case '\r', '\n' -> say("\n");
      case '{', '}', '\\' -> letter(symbol);
      default -> {}
    }
  }

  private static boolean isLetter(int each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z');
  }

  private static boolean isDigit(int each) {
    return each >= '0' && each <= '9';
  }

  private void hexadecimal() {
    int high = at < rtf.length ? Character.digit(rtf[at], 16) : -1;
    int low = at + 1 < rtf.length ? Character.digit(rtf[at + 1], 16) : -1;
    if (high >= 0 && low >= 0) {
      at += 2;
      letter(high << 4 | low);
    }
  }

  private void letter(int each) {
    if (toSkip > 0) {
      toSkip--;
    } else {
      pending.write(each);
    }
  }

  /** A control word: letters, perhaps a number, perhaps a blank that belongs to it. */
  private void word() {
    int start = at;
    while (at < rtf.length && isLetter(rtf[at])) {
      at++;
    }
    String word = new String(rtf, start, Math.min(at - start, 40), StandardCharsets.US_ASCII);
    int digits = at;
    if (at + 1 < rtf.length && rtf[at] == '-' && isDigit(rtf[at + 1])) {
      at++;
    }
    while (at < rtf.length && isDigit(rtf[at])) {
      at++;
    }
    boolean numbered = at > digits;
    int number = 0;
    if (numbered && at - digits <= 10) {
      long value = Long.parseLong(new String(rtf, digits, at - digits, StandardCharsets.US_ASCII));
      number = (int) Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (at < rtf.length && rtf[at] == ' ') {
      at++;
    }
    if (word.equals("bin")) {
      at = (int) Math.min(rtf.length, at + Math.max(0L, number));
    } else if (toSkip > 0 && !word.equals("u")) {
      toSkip--;
    } else {
      obey(word, numbered, number);
    }
  }

  private void obey(String word, boolean numbered, int number) {
    flush();
    boolean on = !numbered || number != 0;
    if (ignorable) {
      state.unseen |= !SEEN.contains(word);
      ignorable = false;
    }
    if (UNSEEN.contains(word)) {
      state.unseen = true;
    }
    if (LETTERS.containsKey(word)) {
      say(LETTERS.getOrDefault(word, ""));
      return;
    }
    switch (word) {
      case "u" -> unicode(number);
      case "uc" -> state.skipped = Math.clamp(number, 0, 16);
      case "v" -> state.hidden = on;
      case "strike", "striked" -> state.struck = on;
      case "deleted" -> state.deleted = on;
      case "plain" -> {
        state.hidden = false;
        state.struck = false;
        state.font = defaultFont;
      }
      case "super" -> raise(on);
      case "fonttbl" -> state.fonts = true;
      case "deff" -> {
        defaultFont = number;
        state.font = number;
      }
      case "f" -> state.font = number;
      case "fcharset" -> charsets.put(state.font, number);
      case "ansicpg" -> charset = RtfCharsets.ofCodePage(number);
      case "mac" -> charset = RtfCharsets.ofCodePage(10000);
      case "pc" -> charset = RtfCharsets.ofCodePage(437);
      case "pca" -> charset = RtfCharsets.ofCodePage(850);
      default -> {}
    }
  }

  private void raise(boolean on) {
    if (on && isShown()) {
      lines.raise();
    }
  }

  private void unicode(int number) {
    char letter = (char) (number < 0 ? number + 0x10000 : number);
    // Of a font with symbols: its code, moved to the private use area.
    boolean ofSymbolFont = letter >= 0xF020 && letter <= 0xF0FF;
    if (isShown()) {
      lines.add(ofSymbolFont ? symbol(letter) : letter);
    }
    toSkip = state.skipped;
  }

  private boolean isSymbol() {
    return charsets.getOrDefault(state.font, 0) == RtfCharsets.SYMBOL;
  }

  /** Of other fonts than Symbol nobody can tell what a code shows. */
  private char symbol(int code) {
    return symbolFonts.contains(state.font) ? RtfCharsets.symbol(code) : '\uFFFD';
  }

  private boolean isShown() {
    return !state.unseen && !state.fonts && !state.hidden && !state.struck && !state.deleted;
  }

  private void say(String words) {
    flush();
    if (toSkip > 0) {
      toSkip--;
    } else if (isShown()) {
      lines.add(words);
    }
  }

  /** Bytes of several may make one character: they are decoded together. */
  private void flush() {
    if (pending.size() == 0) {
      return;
    }
    byte[] bytes = pending.toByteArray();
    pending.reset();
    if (state.fonts && !state.unseen) {
      name(new String(bytes, charset));
    } else if (isShown() && isSymbol()) {
      for (byte each : bytes) {
        lines.add(symbol(each));
      }
    } else if (isShown()) {
      int number = charsets.getOrDefault(state.font, 0);
      lines.add(new String(bytes, RtfCharsets.ofFont(number, charset)));
    }
  }

  /** The name of a font ends with a semicolon. Not all that have a set of symbols are Symbol. */
  private void name(String part) {
    fontName.append(part);
    if (part.endsWith(";") || fontName.length() > 200) {
      if (fontName.toString().startsWith("Symbol")
          && charsets.getOrDefault(state.font, 0) == RtfCharsets.SYMBOL) {
        symbolFonts.add(state.font);
      }
      fontName.setLength(0);
    }
  }
}
