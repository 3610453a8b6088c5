package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.assertion.Stance;

@DisplayName("What rules tell the model of a word")
class WordTraitsTest {
  private static final int STANCES = Stance.values().length;

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fever   | AFFIRMED     | Came in with fever since Monday.
          fever   | NEGATED      | HISTORY: Known gout. No fever, cough since Monday.
          fever   | HISTORICAL   | Dengue fever in 2010, resolved.
          fever   | FAMILY       | His wife has a fever. He coughs.
          fever   | HYPOTHETICAL | Come back if fever occurs.
          cough   | AFFIRMED     | 😀 Denies fever but has a cough.
          febrile | NEGATED      | Not febrile. Coughs.
          """)
  void everyWordIsToldHowTheSentenceSpeaksOfIt(String word, Stance stance, String text) {
    float[] row = traits(text, word);
    for (Stance each : Stance.values()) {
      assertThat(row[each.ordinal()] > 0).as(each.name()).isEqualTo(each == stance);
    }
  }

  @Test
  void headingsHaveNoStance() {
    float[] row = traits("CLINICAL INFORMATION: Fever.", "INFORMATION");
    assertThat(row).containsOnly(0);
    assertThat(traits("CLINICAL INFORMATION: Fever.", "Fever")[Stance.AFFIRMED.ordinal()])
        .isPositive();
  }

  @ParameterizedTest(name = "{0} in {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          39    | 1.602 | 1     | Temperature 39 C today.
          39    | 1.606 | 1.267 | Temperature 39.4 C today.
          39    | 1.606 | 1.267 | Temperature 39,4 °C today.
          102   | 2.013 | 0.926 | Temperature 102.0 F today.
          102   | 2.013 | 0     | Pulse 102 today.
          2019  | 3.305 | 0     | A film of 2019.
          12    | 4.079 | 0     | White cells 12,000 per microlitre.
          0     | 0.000 | 0     | Pain 0 of 10.
          """)
  void numbersHaveTheirValue(String piece, double size, double warmth, String text) {
    float[] row = traits(text, piece);
    float one = row[STANCES];
    assertThat(one).isPositive();
    assertThat(row[STANCES + 1] / one).isCloseTo((float) size, within(2e-3f));
    assertThat(row[STANCES + 2] / one).isCloseTo((float) warmth, within(2e-3f));
  }

  @Test
  void wordsAreNoNumbers() {
    float[] row = traits("Temperature 39 C today.", "today");
    assertThat(row[STANCES]).isZero();
    assertThat(row[STANCES + 1]).isZero();
  }

  @Test
  void aNoteWithoutSentencesIsReadInPieces() {
    String text = "no fever 39.5 never ".repeat(500);
    List<TextSpan> words = new ArrayList<>();
    Matcher matcher = Pattern.compile("\\S+").matcher(text);
    while (matcher.find() && words.size() < NoteSegment.MAX_TOKENS) {
      words.add(new TextSpan(matcher.start(), matcher.end()));
    }
    float[] traits = WordTraits.of(text, words);
    assertThat(words.getLast().end()).isGreaterThan(1_000);
    assertThat(traits).hasSize(words.size() * WordTraits.COUNT);
    for (int i = 0; i < words.size(); i++) {
      int row = i * WordTraits.COUNT;
      int told = 0;
      for (int stance = 0; stance < STANCES; stance++) {
        told += traits[row + stance] > 0 ? 1 : 0;
      }
      assertThat(told).as("word %d", i).isEqualTo(1);
    }
    assertThat(WordTraits.of("", List.of())).isEmpty();
  }

  private static float[] traits(String text, String word) {
    int start = text.indexOf(word);
    int before = text.codePointCount(0, start);
    List<TextSpan> spans =
        List.of(
            new TextSpan(0, 1),
            new TextSpan(before, before + word.codePointCount(0, word.length())));
    float[] all = WordTraits.of(text, spans);
    float[] row = new float[WordTraits.COUNT];
    System.arraycopy(all, WordTraits.COUNT, row, 0, row.length);
    return row;
  }
}
