package org.tessera.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

/** The examples of PS3.5 H, I, J and K, byte for byte, and the files that carry them. */
class CharacterSetTest {

  private static String decoded(String hex, String... terms) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    return SpecificCharacterSet.of(List.of(terms)).decode(bytes, VR.PN);
  }

  private static String encoded(String text, String... terms) {
    byte[] bytes = SpecificCharacterSet.of(List.of(terms)).encode(text, VR.PN);
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }

  private static final String JAPANESE =
      "59 61 6d 61 64 61 5e 54 61 72 6f 75 3d 1b 24 42 3b 33 45 44 1b 28 42 5e 1b 24 42 42 40 4f 3a"
          + " 1b 28 42 3d 1b 24 42 24 64 24 5e 24 40 1b 28 42 5e 1b 24 42 24 3f 24 6d 24 26"
          + " 1b 28 42";

  private static final String KOREAN =
      "48 6f 6e 67 5e 47 69 6c 64 6f 6e 67 3d 1b 24 29 43 fb f3 5e 1b 24 29 43 d1 ce d4 d7 3d 1b 24"
          + " 29 43 c8 ab 5e 1b 24 29 43 b1 e6 b5 bf";

  @Test
  void japaneseWithEscapesReadsAsTheStandardSays() {
    String expected = "Yamada^Tarou=山田^太郎=やまだ^たろう";
    assertThat(decoded(JAPANESE, "", "ISO 2022 IR 87")).isEqualTo(expected);
    assertThat(encoded(expected, "", "ISO 2022 IR 87")).isEqualTo(JAPANESE);
  }

  @Test
  void japaneseKatakanaInTheFirstSetReadsAsTheStandardSays() {
    String expected = "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎";
    String bytes =
        "d4 cf c0 de 5e c0 db b3 3d 1b 24 42 3b 33 45 44 1b 28 4a 5e 1b 24 42 42 40 4f 3a"
            + " 1b 28 4a";
    assertThat(decoded(bytes, "ISO 2022 IR 13", "ISO 2022 IR 87")).isEqualTo(expected);
    assertThat(encoded(expected, "ISO 2022 IR 13", "ISO 2022 IR 87")).isEqualTo(bytes);
  }

  @Test
  void koreanWithEscapesReadsAsTheStandardSays() {
    String expected = "Hong^Gildong=洪^吉洞=홍^길동";
    assertThat(decoded(KOREAN, "", "ISO 2022 IR 149")).isEqualTo(expected);
    assertThat(encoded(expected, "", "ISO 2022 IR 149")).isEqualTo(KOREAN);
  }

  @Test
  void chineseReadsInUtf8AndInGb18030() {
    String expected = "Wang^XiaoDong=王^小东";
    String utf8 = "57 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d e7 8e 8b 5e e5 b0 8f e4 b8 9c";
    String gb18030 = "57 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d cd f5 5e d0 a1 b6 ab";
    assertThat(decoded(utf8, "ISO_IR 192")).isEqualTo(expected);
    assertThat(encoded(expected, "ISO_IR 192")).isEqualTo(utf8);
    assertThat(decoded(gb18030, "GB18030")).isEqualTo(expected);
    assertThat(encoded(expected, "GB18030")).isEqualTo(gb18030);
  }

  @Test
  void simplifiedChineseWithEscapesReadsAsTheStandardSays() {
    assertThat(
            decoded(
                "5a 68 61 6e 67 5e 58 69 61 6f 44 6f 6e 67 3d 1b 24 29 41 d5 c5 5e 1b 24 29"
                    + " 41 d0 a1 b6 ab",
                "",
                "ISO 2022 IR 58"))
        .isEqualTo("Zhang^XiaoDong=张^小东");
  }

  @Test
  void singleByteSetsReadAndWriteTheirLetters() {
    Map<String, String> names =
        Map.of(
            "ISO_IR 100", "Äneas^Rüdiger",
            "ISO_IR 101", "Wałęsa",
            "ISO_IR 144", "Люкceмбypг",
            "ISO_IR 126", "Διονυσιος",
            "ISO_IR 127", "قباني^لنزار",
            "ISO_IR 138", "שרון^דבורה",
            "ISO_IR 148", "Çavuşoğlu",
            "ISO_IR 166", "สมชาย",
            "ISO_IR 203", "Œuvre€");
    names.forEach(
        (term, name) -> {
          SpecificCharacterSet set = SpecificCharacterSet.of(List.of(term));
          assertThat(set.decode(set.encode(name, VR.PN), VR.PN)).as(term).isEqualTo(name);
        });
  }

  /** PS3.5 6.1.2.5.3. */
  @Test
  void delimitersAndControlCharactersBringTheFirstSetBack() {
    SpecificCharacterSet set =
        SpecificCharacterSet.of(List.of("ISO 2022 IR 100", "ISO 2022 IR 144"));
    String escape = "1b 2d 4c ";
    for (String delimiter : List.of("5e", "3d", "5c", "0d", "0a", "0c", "09")) {
      String hex = escape + "b6 " + delimiter + " b6";
      byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
      char sign = (char) Integer.parseInt(delimiter, 16);
      assertThat(set.decode(bytes, VR.PN)).as(delimiter).isEqualTo("Ж" + sign + "¶");
      assertThat(set.encode("Ж" + sign + "¶", VR.PN)).as(delimiter).isEqualTo(bytes);
      boolean inText = "5e 3d 5c".contains(delimiter);
      assertThat(set.decode(bytes, VR.LT))
          .as(delimiter)
          .isEqualTo("Ж" + sign + (inText ? "Ж" : "¶"));
    }
    String kanji = "1b 24 42 3b 33 ";
    for (String control : List.of("0d", "09")) {
      assertThat(decoded(kanji + control + " 41", "", "ISO 2022 IR 87"))
          .isEqualTo("山" + (char) Integer.parseInt(control, 16) + "A");
    }
  }

  @Test
  void oddSpellingsAreUnderstoodAndUnknownTermsAreReadAsLatin() {
    for (String term :
        List.of("ISO_IR 144", "ISO-IR 144", "iso ir 144", "ISO_IR_144", "ISOIR144")) {
      assertThat(decoded("b6", term)).as(term).isEqualTo("Ж");
    }
    assertThat(decoded("d0 96", "ISO IR 192")).isEqualTo("Ж");
    assertThat(decoded("d0 96", "utf-8")).isEqualTo("Ж");
    assertThat(decoded("cd f5", "ISO 2022 GBK")).isEqualTo("王");
    for (String term : List.of("", "X", "ISO_IR 999", "ISO", "ISO_IR ", "144")) {
      assertThat(decoded("41 e9", term)).as(term).isEqualTo("Aé");
    }
    assertThat(decoded("e9", "ISO_IR 100", "ISO_IR 192")).isEqualTo("é");
    assertThat(decoded("d0 96", "", "ISO_IR 192")).isEqualTo("Ж");
    assertThat(decoded("ff 41", "ISO_IR 192")).isEqualTo("\uFFFDA");
    assertThat(decoded("1b 24 7a 41", "", "ISO 2022 IR 87")).isEqualTo("\u001B$zA");
  }

  @Test
  void whatASetLacksIsWrittenAsAQuestionMark() {
    assertThat(encoded("a山b", "ISO_IR 100")).isEqualTo("61 3f 62");
    assertThat(encoded("a😀", "GBK")).isEqualTo("61 3f");
    assertThat(encoded("山é", "", "ISO 2022 IR 87")).isEqualTo("1b 24 42 3b 33 3f 1b 28 42");
  }

  @Test
  void bytesThatAreNoCharactersNeverFail() {
    byte[] all = new byte[256];
    for (int i = 0; i < 256; i++) {
      all[i] = (byte) i;
    }
    for (String term : List.of("ISO 2022 IR 87", "ISO 2022 IR 149", "GB18030", "ISO_IR 192", "X")) {
      assertThat(SpecificCharacterSet.of(List.of("", term)).decode(all, VR.LT)).isNotEmpty();
    }
  }

  @Test
  void namesInRealFilesAreRead() throws IOException, RejectedInputException {
    Map<String, String> names =
        Map.of(
            "pydicom--chrArab.dcm", "قباني^لنزار",
            "pydicom--chrFren.dcm", "Buc^Jérôme",
            "pydicom--chrGreek.dcm", "Διονυσιος",
            "pydicom--chrRuss.dcm", "Люкceмбypг",
            "pydicom--chrH32.dcm", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
            "pydicom--chrX2.dcm", "Wang^XiaoDong=王^小东=");
    for (var name : names.entrySet()) {
      Attributes dataset = DicomFile.read(TestData.interop(name.getKey())).dataset();
      assertThat(dataset.string(Tag.PatientName)).as(name.getKey()).hasValue(name.getValue());
    }
  }

  @Test
  void itemsMayHaveTheirOwnCharacterSetOrInheritIt() throws IOException, RejectedInputException {
    Attributes dataset =
        DicomFile.read(TestData.interop("pydicom--chrSQEncoding.dcm")).dataset();
    Attributes item = dataset.item(Tag.RequestedProcedureCodeSequence).orElseThrow();
    assertThat(item.string(Tag.PatientName)).hasValue("ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう");
  }
}
