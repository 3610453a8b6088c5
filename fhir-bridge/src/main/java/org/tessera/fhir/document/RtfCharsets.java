package org.tessera.fhir.document;

import java.nio.charset.Charset;
import java.util.Map;

/** The character sets of RTF 1.9.1: of the document (\ansicpg) and of fonts (\fcharset). */
final class RtfCharsets {
  static final Charset WESTERN = Charset.forName("windows-1252");
  static final int SYMBOL = 2;

  /** RTF 1.9.1, font table: values of \fcharset. 0 and 1 are the document's own. */
  private static final Map<Integer, String> OF_FONTS =
      Map.ofEntries(
          Map.entry(77, "x-MacRoman"),
          Map.entry(128, "windows-31j"),
          Map.entry(129, "x-windows-949"),
          Map.entry(130, "x-Johab"),
          Map.entry(134, "GBK"),
          Map.entry(136, "x-windows-950"),
          Map.entry(161, "windows-1253"),
          Map.entry(162, "windows-1254"),
          Map.entry(163, "windows-1258"),
          Map.entry(177, "windows-1255"),
          Map.entry(178, "windows-1256"),
          Map.entry(186, "windows-1257"),
          Map.entry(204, "windows-1251"),
          Map.entry(222, "x-windows-874"),
          Map.entry(238, "windows-1250"),
          Map.entry(255, "IBM437"));

  private static final Map<Integer, String> OF_CODE_PAGES =
      Map.ofEntries(
          Map.entry(437, "IBM437"),
          Map.entry(850, "IBM850"),
          Map.entry(874, "x-windows-874"),
          Map.entry(932, "windows-31j"),
          Map.entry(936, "GBK"),
          Map.entry(949, "x-windows-949"),
          Map.entry(950, "x-windows-950"),
          Map.entry(1361, "x-Johab"),
          Map.entry(10000, "x-MacRoman"),
          Map.entry(54936, "GB18030"),
          Map.entry(65001, "UTF-8"));

  /** The Symbol font from 0x20: a letter m of it is the micro of a dose. */
  private static final String SYMBOLS =
      " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾"
          + "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

  /** The same from 0xA0. */
  private static final String HIGH_SYMBOLS =
      "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

  private RtfCharsets() {}

  static Charset ofCodePage(int number) {
    return charset(OF_CODE_PAGES.getOrDefault(number, "windows-" + number), WESTERN);
  }

  static Charset ofFont(int number, Charset document) {
    return charset(OF_FONTS.getOrDefault(number, ""), document);
  }

  private static Charset charset(String name, Charset otherwise) {
    return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : otherwise;
  }

  /** A character of the Symbol font; the replacement character for one that nobody can tell. */
  static char symbol(int code) {
    int at = code & 0xff;
    if (at >= 0x20 && at - 0x20 < SYMBOLS.length()) {
      return SYMBOLS.charAt(at - 0x20);
    }
    return at >= 0xa0 && at - 0xa0 < HIGH_SYMBOLS.length()
        ? HIGH_SYMBOLS.charAt(at - 0xa0)
        : '\uFFFD';
  }
}
