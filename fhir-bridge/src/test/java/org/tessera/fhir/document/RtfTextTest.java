package org.tessera.fhir.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.swing.text.DefaultStyledDocument;
import javax.swing.text.rtf.RTFEditorKit;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.RejectedInputException;

class RtfTextTest {
  private static final String TYPE = "application/rtf";

  private static String read(String rtf) throws Exception {
    return Reading.of(TYPE, rtf).text();
  }

  @Test
  void paragraphsTablesAndMarksAreReadAndNothingElse() throws Exception {
    String rtf =
        """
        {\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}}
        {\\colortbl;\\red255\\green0\\blue0;}{\\stylesheet{\\s1 heading 1;}}
        {\\info{\\author Dr. Nobody}{\\title Secret}}{\\*\\generator Writer;}
        \\pard\\s1\\b FINDINGS\\b0\\par
        No \\i cough\\i0 , temperature 38.5\\'b0C \\endash  \\ldblquote high\\rdblquote .\\par
        {\\pict\\pngblip 89504e470d0a1a0a}
        \\trowd\\cellx1000\\cellx2000 Sodium\\cell 140\\cell\\row
        Na\\'efve\\line brackets \\{\\}\\\\\\par}""";
    assertThat(read(rtf))
        .isEqualTo(
            "FINDINGS\nNo cough, temperature 38.5°C – “high”.\nSodium 140\nNaïve\nbrackets {}\\");
  }

  @Test
  void charactersOfAnyScriptAreRead() throws Exception {
    // Unicode with its stand-ins, a negative number, a pair of surrogates, and 16 bits each.
    assertThat(
            read(
                "{\\rtf1\\ansi\\uc1 \\u44592?\\u52840? \\u-20944? \\u-10179?\\u-8704?"
                    + " {\\uc2\\u44592\\'b1\\'e2!}{\\uc0\\u233 t\\u233 }}"))
        .isEqualTo("기침 \uAE30 \uD83D\uDE00 기!été".replace("\uAE30", "\uAE30"));
    // By the code page of the document, and by that of the font, two bytes for a syllable.
    assertThat(read("{\\rtf1\\ansi\\ansicpg949 \\'b1\\'e2\\'c4\\'a7}")).isEqualTo("기침");
    assertThat(
            read(
                "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset129 Batang;}"
                    + "{\\f2\\fcharset128 Mincho;}}\\f1 \\'b1\\'e2\\f0  and {\\f2 \\'83\\'41}}"))
        .isEqualTo("기 and ア");
    // The second byte of a character may be a letter by itself.
    assertThat(read("{\\rtf1\\ansi\\ansicpg932 \\'83A}")).isEqualTo("ア");
  }

  @Test
  void theMicroOfADoseInTheSymbolFontIsNoM() throws Exception {
    String fonts = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}{\\f3\\fcharset2 Symbol;}}\\f0 ";
    assertThat(read(fonts + "50 {\\f3 m}g and {\\f3\\u-3987?}g, {\\f3 \\'b3} 3}"))
        .isEqualTo("50 μg and μg, ≥ 3");
    String other = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}{\\f3\\fcharset2 Wingdings;}}\\f0 ";
    assertThat(read(other + "smoker {\\f3 \\'fc}}")).isEqualTo("smoker \uFFFD");
  }

  @Test
  void whatIsHiddenStruckOutOrDeletedIsNotRead() throws Exception {
    assertThat(
            read(
                "{\\rtf1\\ansi a{\\v hidden}{\\strike fever }b{\\deleted gone} \\v x\\v0 c"
                    + "{\\*\\unknown never}{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt shown}}}"))
        .isEqualTo("ab cshown");
    assertThat(read("{\\rtf1\\ansi 10{\\super 9}/L, x{\\super 2}}")).isEqualTo("10^9/L, x2");
  }

  @Test
  void textBoxesAreRead() throws Exception {
    assertThat(
            read(
                "{\\rtf1\\ansi before {\\shp{\\*\\shpinst{\\sp{\\sn wrap}{\\sv 3}}"
                    + "{\\shptxt inside\\par}}{\\shprslt{\\*\\do}}} after}"))
        .isEqualTo("before inside\nafter");
  }

  @Test
  void plainSentencesAreReadAsSwingReadsThem() throws Exception {
    Random random = new Random(20261130);
    for (int i = 0; i < 200; i++) {
      StringBuilder rtf = new StringBuilder("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ");
      for (int word = 0; word < 40; word++) {
        String letters = random.ints(6, 'a', 'z' + 1).mapToObj(Character::toString)
            .reduce("", String::concat);
        rtf.append(
            switch (random.nextInt(6)) {
              case 0 -> "{\\b " + letters + "} ";
              case 1 -> letters + "\\par ";
              case 2 -> letters + "\\'e9 ";
              case 3 -> "\\i1 " + letters + "\\i0  ";
              case 4 -> letters + "\\tab ";
              default -> letters + " ";
            });
      }
      String whole = rtf + "}";
      DefaultStyledDocument swing = new DefaultStyledDocument();
      new RTFEditorKit().read(new ByteArrayInputStream(whole.getBytes(US_ASCII)), swing, 0);
      Lines expected = new Lines();
      expected.add(swing.getText(0, swing.getLength()));
      assertThat(read(whole)).as("seed 20261130, document %d", i).isEqualTo(expected.tidied());
    }
  }

  @Test
  void deepGroupsAndCutOffFilesAreRefused() {
    assertThat(Reading.refusal(TYPE, ("{\\rtf1 " + "{".repeat(5_000_000)).getBytes(US_ASCII)))
        .isEqualTo("The groups of the RTF document are nested deeper than 1,000.");
    assertThat(Reading.refusal(TYPE, "{\\rtf1 fever and {cough".getBytes(US_ASCII)))
        .contains("cut off");
    assertThat(Reading.refusal(TYPE, "no RTF".getBytes(US_ASCII))).contains("not RTF");
    assertThat(Reading.refusal(TYPE, "{\\rtf1{\\pict 00}}".getBytes(US_ASCII)))
        .isEqualTo("The document has no text.");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(7);
    String[] parts = {
      "{", "}", "\\", "\\u", "\\'", "\\'f", "\\bin99999999999", "\\u-99999", "\\uc99", "\\f",
      "\\fcharset", "\\*", "\\fonttbl", "\\v", "a", "\\par", ";", "\\ansicpg0", "\\super", "\r\n"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder rtf = new StringBuilder("{\\rtf1");
      for (int j = random.nextInt(30); j > 0; j--) {
        rtf.append(parts[random.nextInt(parts.length)]);
        if (random.nextInt(4) == 0) {
          rtf.append(random.nextInt(1 << random.nextInt(30)));
        }
      }
      try {
        assertThat(RtfText.of((rtf + "}").getBytes(US_ASCII))).isNotNull();
      } catch (RejectedInputException e) {
        assertThat(e.sentence()).endsWith(".");
      }
    }
  }
}
