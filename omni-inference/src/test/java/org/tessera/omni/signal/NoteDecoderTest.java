package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.omni.fixture.SharedData;
import org.tessera.omni.fixture.TestContent;

class NoteDecoderTest {
  private static final String KOREAN = "흉부 X선: 우하엽에 음영이 보임. 폐렴 의심.\r\n발열 38.5도.";
  private static final String JAPANESE = "胸部X線写真。右下葉に浸潤影を認める。肺炎の疑い。";
  private static final String FRENCH =
      "Opacité du lobe inférieur droit, évoquant une pneumonie. Fièvre à 39°C.";
  private static final String ENGLISH = "FINDINGS: No effusion.\r\nIMPRESSION: Normal chest.\n";

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16"})
  void unicodeIsReadWithAndWithoutAMark(String charset) throws Exception {
    for (String text : new String[] {KOREAN + " abc", FRENCH, ENGLISH, "Fever 😀 and cough."}) {
      assertThat(decode(text.getBytes(Charset.forName(charset)))).isEqualTo(text);
    }
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() throws Exception {
    assertThat(decode(("\uFEFF" + ENGLISH).getBytes(StandardCharsets.UTF_8))).isEqualTo(ENGLISH);
    assertThat(decode(("\uFEFF" + ENGLISH).getBytes(StandardCharsets.UTF_16LE)))
        .isEqualTo(ENGLISH);
  }

  @Test
  void koreanOfWindowsIsRead() throws Exception {
    Charset korean = Charset.forName("x-windows-949");
    assertThat(decode(KOREAN.getBytes(korean))).isEqualTo(KOREAN);
    assertThat(decode("폐렴 의심".getBytes(korean))).isEqualTo("폐렴 의심");
    assertThat(decode("Chest PA: 폐렴 의심, R/O TB".getBytes(korean)))
        .isEqualTo("Chest PA: 폐렴 의심, R/O TB");
  }

  @Test
  void japaneseAndWesternEncodingsAreRead() throws Exception {
    assertThat(decode(JAPANESE.getBytes(Charset.forName("Shift_JIS")))).isEqualTo(JAPANESE);
    assertThat(decode(FRENCH.getBytes(Charset.forName("windows-1252")))).isEqualTo(FRENCH);
    String german = "Kein Erguß. Größe unverändert – Übersicht.";
    assertThat(decode(german.getBytes(Charset.forName("windows-1252")))).isEqualTo(german);
    String degrees = "Temperature 38.5 °C, the left lung is clear.";
    assertThat(decode(degrees.getBytes(Charset.forName("windows-1252")))).isEqualTo(degrees);
  }

  @Test
  void lineEndsAreKeptAsReceived() throws Exception {
    assertThat(decode(ENGLISH.getBytes(StandardCharsets.US_ASCII))).isEqualTo(ENGLISH);
  }

  @Test
  void whatIsNoNoteIsRefusedInOneSentence() {
    rejects(new byte[0], "The note is empty.");
    rejects("  \r\n\t ".getBytes(StandardCharsets.US_ASCII), "The note holds nothing but blanks.");
    byte[] noise = new byte[4000];
    new Random(1).nextBytes(noise);
    rejects(noise, "The file is not text: it holds binary data.");
    rejects("a\0b fever and cough".getBytes(StandardCharsets.US_ASCII),
        "The file is not text: it holds binary data.");
    rejects("a".repeat(500_000).getBytes(StandardCharsets.US_ASCII), "The note has no words.");
    rejects("12 - 34, 56 !!".getBytes(StandardCharsets.US_ASCII), "The note has no words.");
    rejects(
        "a".repeat(5 << 20).getBytes(StandardCharsets.US_ASCII),
        "The note has 5,242,880 bytes; at most 1,048,576 are read.");
  }

  @Test
  void realReportsAreRead() throws Exception {
    for (String set : new String[] {"reports-indiana/notes", "cxr-notes/notes"}) {
      for (var file : SharedData.some(set, 20)) {
        String text = decode(TestContent.of(file, "text/plain").bytes());
        assertThat(text).doesNotContain("\uFFFD");
        assertThat(NoteStructure.of(text).language()).isEqualTo(NoteLanguage.ENGLISH);
      }
    }
  }

  private static String decode(byte[] bytes) throws IOException, RejectedInputException {
    return ((NoteEvidence)
            new NoteDecoder()
                .decode(TestContent.of("note.txt", "text/plain", bytes), TestContent.context())
                .getFirst())
        .text()
        .text();
  }

  private static void rejects(byte[] bytes, String sentence) {
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage(sentence);
  }
}
