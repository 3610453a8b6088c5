package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every defined term of PS3.3 C.12.1.1.2, character by character, against pydicom. */
@org.junit.jupiter.api.Tag("interop")
class CharacterSetPeersTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String ESC = "1b";

  /** Single-byte sets by their number: what follows ESC to designate them. */
  private static final Map<String, String> SINGLE =
      Map.ofEntries(
          Map.entry("100", "2d41"),
          Map.entry("101", "2d42"),
          Map.entry("109", "2d43"),
          Map.entry("110", "2d44"),
          Map.entry("144", "2d4c"),
          Map.entry("127", "2d47"),
          Map.entry("126", "2d46"),
          Map.entry("138", "2d48"),
          Map.entry("148", "2d4d"),
          Map.entry("13", "2949"),
          Map.entry("166", "2d54"));

  /** One line for the peer, and what we say. */
  private record Case(String what, VR vr, String terms, String hex, String ours) {
    String line() {
      return String.join("|", what, vr.name(), terms, hex);
    }
  }

  private static SpecificCharacterSet set(String terms) {
    return SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));
  }

  private static Case decoding(VR vr, String terms, String hex) {
    return new Case("d", vr, terms, hex, set(terms).decode(HEX.parseHex(hex), vr));
  }

  private static List<String> answers(List<Case> cases, Path folder)
      throws IOException, InterruptedException {
    String python = Tool.pythonWithPydicom();
    Path program = folder.resolve("characters.py");
    try (var in = CharacterSetPeersTest.class.getResourceAsStream("characters.py")) {
      Files.write(program, Objects.requireNonNull(in).readAllBytes());
    }
    Path lines = folder.resolve("lines");
    Files.write(lines, cases.stream().map(Case::line).toList());
    String command = python + " '" + program + "' < '" + lines + "'";
    Tool.Outcome outcome = Tool.run(List.of("sh", "-c", command));
    List<String> answers = outcome.output().lines().toList();
    assertThat(answers).as(outcome.output()).hasSameSizeAs(cases);
    return answers;
  }

  private static String text(String hex) {
    return new String(HEX.parseHex(hex), StandardCharsets.UTF_8);
  }

  @Test
  void everyCharacterOfEverySetIsThatOfPydicom(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    SINGLE.forEach(
        (number, escape) -> {
          for (int b = 0xA0; b <= 0xFF; b++) {
            String character = "41" + HEX.toHexDigits((byte) b) + "42";
            cases.add(decoding(VR.LO, "ISO_IR " + number, character));
            String extended = "ISO 2022 IR 6\\ISO 2022 IR " + number;
            cases.add(decoding(VR.LO, extended, "41" + ESC + escape + character));
          }
        });
    String[][] doubles = {
      {"87", "2442", "00"}, {"159", "242844", "00"}, {"149", "242943", "80"}, {"58", "242941", "80"}
    };
    for (String[] set : doubles) {
      int half = Integer.parseInt(set[2], 16);
      for (int row = 0x21; row <= 0x7E; row++) {
        for (int cell = 0x21; cell <= 0x7E; cell++) {
          String character =
              HEX.toHexDigits((byte) (row | half)) + HEX.toHexDigits((byte) (cell | half));
          String back = half == 0 ? ESC + "2842" : "";
          cases.add(
              decoding(
                  VR.LT, "\\ISO 2022 IR " + set[0], "41" + ESC + set[1] + character + back + "42"));
        }
      }
    }
    for (int first = 0x81; first <= 0xFE; first++) {
      for (int second = 0x40; second <= 0xFE; second++) {
        String character = HEX.toHexDigits((byte) first) + HEX.toHexDigits((byte) second);
        cases.add(decoding(VR.LT, "GB18030", character));
        cases.add(decoding(VR.LT, "GBK", character));
      }
    }
    List<String> answers = answers(cases, folder);
    List<String> different = new ArrayList<>();
    int same = 0;
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      // pydicom leaves this escape sequence in the text.
      String theirs = text(answers.get(i)).replace("\u001B$)A", "");
      if (theirs.equals(each.ours)) {
        same++;
      } else if (!isUnknown(theirs) || !isNoCharacter(each.ours)) {
        different.add(each.terms + " " + each.hex);
      }
    }
    assertThat(different).as("%d are the same", same).filteredOn(line -> !isKnown(line)).isEmpty();
    assertThat(different).hasSizeLessThan(80);
    assertThat(same).isGreaterThan(65_000);
  }

  /** ISO_IR 203 is Latin alphabet 9, which pydicom does not know; the C library does. */
  @Test
  void everyCharacterOfLatin9IsThatOfIconv(@TempDir Path folder)
      throws IOException, InterruptedException {
    Tool.require("iconv");
    StringBuilder hex = new StringBuilder();
    for (int b = 0xA0; b <= 0xFF; b++) {
      hex.append(HEX.toHexDigits((byte) b));
    }
    Path coded = folder.resolve("coded");
    Files.write(coded, HEX.parseHex(hex));
    Tool.Outcome outcome =
        Tool.run(List.of("iconv", "-f", "ISO-8859-15", "-t", "UTF-8", coded.toString()));
    String theirs = outcome.output();
    assertThat(theirs).as("exit %d", outcome.exit()).hasSize(0x60).contains("Œ", "€", "Ž");
    assertThat(decoding(VR.UT, "ISO_IR 203", hex.toString()).ours()).isEqualTo(theirs);
    String extended = ESC + "2d62" + hex;
    assertThat(decoding(VR.UT, "\\ISO 2022 IR 203", extended).ours()).isEqualTo(theirs);
    assertThat(set("ISO_IR 203").encode(theirs, VR.UT)).isEqualTo(HEX.parseHex(hex));
  }

  /** pydicom keeps the escape sequence, or reads Latin-1, where it cannot decode. */
  private static boolean isUnknown(String text) {
    return text.contains("\uFFFD")
        || text.contains("\u001B")
        || text.matches(".*[\u00A1-\u00FF]{2}.*");
  }

  private static boolean isNoCharacter(String text) {
    return text.chars().anyMatch(c -> c == 0xFFFD || Character.getType(c) == Character.PRIVATE_USE);
  }

  /**
   * Where the tables differ: 19 characters of GB 18030 of 2005 and of 2000, the euro and a letter
   * of GBK, kanji that Shift JIS has where JIS X 0201 has nothing, the no-break space of ISO
   * 8859-11,
   * two signs of KS X 1001 of 1998, the dash of JIS X 0208, the tilde of JIS X 0212.
   */
  private static boolean isKnown(String line) {
    String terms = line.substring(0, line.lastIndexOf(' '));
    String hex = line.substring(terms.length() + 1);
    return switch (terms.substring(terms.lastIndexOf(' ') + 1)) {
      case "GB18030" -> hex.matches("a6[def].|a8bc|fe..");
      case "13" -> hex.matches(".*41e[0-9a]42");
      case "166" -> hex.endsWith("41a042");
      case "149" -> hex.matches(".*(a2e8|a4d4)42");
      case "GBK" -> hex.matches("a2e3|a892");
      case "159" -> hex.endsWith("22371b284242");
      case "87" -> hex.matches(".*213d1b284242");
      default -> false;
    };
  }

  private static final Map<String, List<String>> TEXTS =
      Map.ofEntries(
          Map.entry("ISO_IR 6", List.of("Smith^John", "a b")),
          Map.entry("ISO_IR 100", List.of("Äneas^Rüdiger", "Buc^Jérôme=x=y")),
          Map.entry("ISO_IR 101", List.of("Wałęsa^Łucja")),
          Map.entry("ISO_IR 109", List.of("Ċensu^Ħal")),
          Map.entry("ISO_IR 110", List.of("Bērziņš^Jānis")),
          Map.entry("ISO_IR 144", List.of("Люкceмбypг", "Иванов^Иван")),
          Map.entry("ISO_IR 127", List.of("قباني^لنزار")),
          Map.entry("ISO_IR 126", List.of("Διονυσιος")),
          Map.entry("ISO_IR 138", List.of("שרון^דבורה")),
          Map.entry("ISO_IR 148", List.of("Çavuşoğlu^Işıl")),
          Map.entry("ISO_IR 13", List.of("ﾔﾏﾀﾞ^ﾀﾛｳ")),
          Map.entry("ISO_IR 166", List.of("สมชาย^ใจดี")),
          Map.entry("ISO_IR 192", List.of("Wang^XiaoDong=王^小东=", "Ω😀 ł")),
          Map.entry("GB18030", List.of("Wang^XiaoDong=王^小东", "㐀^€")),
          Map.entry("GBK", List.of("Wang^XiaoDong=王^小东", "国^誊")),
          Map.entry("\\ISO 2022 IR 87", List.of("Yamada^Tarou=山田^太郎=やまだ", "x山y田z")),
          Map.entry("\\ISO 2022 IR 159", List.of("A^B=丄^丂")),
          Map.entry("\\ISO 2022 IR 87\\ISO 2022 IR 159", List.of("Yamada=山田^丄=やまだ")),
          Map.entry("ISO 2022 IR 13\\ISO 2022 IR 87", List.of("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ")),
          Map.entry("\\ISO 2022 IR 149", List.of("Hong^Gildong=洪^吉洞=홍^길동")),
          Map.entry("\\ISO 2022 IR 58", List.of("Zhang^XiaoDong=张^小东=")),
          Map.entry(
              "ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126",
              List.of("Müller^Иван", "Dionysios^Διονυσιος^ü", "ж^é^ω")));

  @Test
  void textWrittenInEverySetIsReadByPydicomAndTheOtherWayRound(@TempDir Path folder)
      throws IOException, InterruptedException {
    List<Case> ours = new ArrayList<>();
    List<Case> theirs = new ArrayList<>();
    for (var entry : TEXTS.entrySet()) {
      String terms = entry.getKey();
      for (String text : entry.getValue()) {
        for (VR vr : List.of(VR.PN, VR.LO, VR.LT)) {
          ours.add(new Case("d", vr, terms, HEX.formatHex(set(terms).encode(text, vr)), text));
          String hex = HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
          if (vr == VR.PN && !terms.endsWith(" 58")) {
            // pydicom 2.3.1 writes 58 without its escape sequence, and no Katakana in LO.
            theirs.add(new Case("e", vr, terms, hex, text));
          }
        }
      }
    }
    List<String> read = answers(ours, folder);
    for (int i = 0; i < read.size(); i++) {
      Case each = ours.get(i);
      String text = text(read.get(i)).replace("\u001B$)A", "");
      assertThat(trimmed(text)).as(each.line()).isEqualTo(trimmed(each.ours));
    }
    List<String> written = answers(theirs, folder);
    for (int i = 0; i < written.size(); i++) {
      Case each = theirs.get(i);
      String text = set(each.terms).decode(HEX.parseHex(written.get(i)), each.vr);
      assertThat(trimmed(text)).as(each.line()).isEqualTo(trimmed(each.ours));
    }
  }

  /** An empty last group of a name may be written or not. */
  private static String trimmed(String text) {
    return text.endsWith("=") ? text.substring(0, text.length() - 1) : text;
  }
}
