package org.tessera.omni.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.fixture.SharedData;
import org.tessera.omni.fixture.TestContent;
import org.tessera.omni.signal.NoteStructure.Section;

class NoteStructureTest {

  @Test
  void aReportFallsIntoItsSections() {
    String text =
        "Chest radiograph, frontal view.\nHISTORY: Cough 😀.\n\nFINDINGS: No effusion. "
            + "Opacity of 2.5 cm.\nImpression: Pneumonia.\n";
    NoteStructure structure = NoteStructure.of(text);
    assertThat(structure.sections())
        .extracting(Section::name)
        .containsExactly("", "history", "findings", "impression");
    assertThat(structure.sections().stream().map(each -> cut(text, each.body())))
        .containsExactly(
            "Chest radiograph, frontal view.",
            "Cough 😀.",
            "No effusion. Opacity of 2.5 cm.",
            "Pneumonia.");
    assertThat(sentences(text))
        .containsExactly(
            "Chest radiograph, frontal view.",
            "Cough 😀.",
            "No effusion.",
            "Opacity of 2.5 cm.",
            "Pneumonia.");
    assertThat(structure.sectionOf(structure.sentences().getLast()).orElseThrow().name())
        .isEqualTo("impression");
  }

  @Test
  void transcribedReportsWithoutLinesAreTakenApart() {
    String text = "ADMISSION DIAGNOSES:  ,Fracture of the femur.,HISTORY:  ,This man fell.";
    assertThat(NoteStructure.of(text).sections())
        .extracting(Section::name)
        .containsExactly("admission diagnoses", "history");
  }

  @Test
  void koreanReportsAreTakenApart() {
    String text = "소견: 우하엽에 음영이 있음. 흉수 없음.\n결론: 폐렴 의심.";
    NoteStructure structure = NoteStructure.of(text);
    assertThat(structure.sections()).extracting(Section::name).containsExactly("소견", "결론");
    assertThat(sentences(text)).containsExactly("우하엽에 음영이 있음.", "흉수 없음.", "폐렴 의심.");
    assertThat(structure.language()).isEqualTo(NoteLanguage.KOREAN);
  }

  @Test
  void abbreviationsNumbersAndWrappedLinesDoNotEndASentence() {
    assertThat(sentences("Seen by Dr. Miller at 3.5 weeks, e.g. with J. Doe.\nNext one."))
        .containsExactly("Seen by Dr. Miller at 3.5 weeks, e.g. with J. Doe.", "Next one.");
    assertThat(sentences("The heart is of\nnormal size. Is it? Yes"))
        .containsExactly("The heart is of\nnormal size.", "Is it?", "Yes");
    assertThat(sentences("Impression\n1. No effusion\n2. Pneumonia\n- Fever"))
        .containsExactly("Impression", "1. No effusion", "2. Pneumonia", "- Fever");
    assertThat(sentences("Is there edema? No. The lungs are clear."))
        .containsExactly("Is there edema?", "No.", "The lungs are clear.");
  }

  @Test
  void hostileNotesAreTakenApartInTime() {
    int size = 1 << 20;
    for (String piece :
        new String[] {" ", "\n ", "ABC: x\n", "Dr. A ", ". ", "A ", "\r\n\t", "1. x\n", "😀"}) {
      String text = "Fever." + piece.repeat(size / piece.length()) + "End.";
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> NoteStructure.of(text), () -> "repeated: " + piece);
    }
  }

  @Test
  void theLanguageIsSaidOrLeftOpen() {
    assertThat(NoteLanguage.of("The lungs are clear.")).isEqualTo(NoteLanguage.ENGLISH);
    assertThat(NoteLanguage.of("Chest PA: 폐렴 의심, R/O TB")).isEqualTo(NoteLanguage.KOREAN);
    assertThat(NoteLanguage.of("Die Lunge ist frei, kein Erguss in der Aufnahme."))
        .isEqualTo(NoteLanguage.OTHER);
    assertThat(NoteLanguage.of("胸部に異常なし。")).isEqualTo(NoteLanguage.OTHER);
    assertThat(NoteLanguage.of("123")).isEqualTo(NoteLanguage.OTHER);
  }

  @Test
  void sentencesOfRealReportsCoverEveryLetterOnce() throws Exception {
    for (var file : SharedData.some("reports-indiana/notes", 20)) {
      String text = NoteDecoder.text(TestContent.of(file, "text/plain").bytes());
      NoteStructure structure = NoteStructure.of(text);
      assertThat(structure.sections()).as(text).hasSizeGreaterThan(1);
      int end = 0;
      for (TextSpan sentence : structure.sentences()) {
        assertThat(sentence.start()).isGreaterThanOrEqualTo(end);
        end = sentence.end();
      }
      for (Section section : structure.sections()) {
        String body = cut(text, section.body());
        String joined =
            structure.sentences().stream()
                .filter(each -> structure.sectionOf(each).equals(Optional.of(section)))
                .map(each -> cut(text, each))
                .reduce("", String::concat);
        assertThat(joined.replaceAll("\\s", "")).isEqualTo(body.replaceAll("\\s", ""));
      }
    }
  }

  private static List<String> sentences(String text) {
    return NoteStructure.of(text).sentences().stream().map(each -> cut(text, each)).toList();
  }

  private static String cut(String text, TextSpan span) {
    return text.substring(
        text.offsetByCodePoints(0, span.start()), text.offsetByCodePoints(0, span.end()));
  }
}
