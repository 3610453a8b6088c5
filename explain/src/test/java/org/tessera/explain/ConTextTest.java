package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.explain.assertion.ConText;
import org.tessera.explain.assertion.NoteClaims;
import org.tessera.explain.assertion.Stance;

@DisplayName("How a sentence speaks about a finding")
class ConTextTest {

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pneumonia | AFFIRMED | Right lower lobe pneumonia.
          pneumonia | AFFIRMED | Findings are consistent with pneumonia.
          pneumonia | AFFIRMED | He was admitted with pneumonia three days ago.
          pneumonia | AFFIRMED | The pneumonia has not resolved.
          pneumonia | AFFIRMED | No change in the right-sided pneumonia.
          pneumonia | AFFIRMED | There is no effusion but there is pneumonia.
          pneumonia | AFFIRMED | A 62-year-old man presents with pneumonia.
          pneumonia | AFFIRMED | Compared to the prior radiograph, the pneumonia has grown.
          pneumonia | AFFIRMED | No significant improvement of the pneumonia.
          pneumonia | NEGATED | No pneumonia.
          pneumonia | NEGATED | There is no evidence of pneumonia.
          pneumonia | NEGATED | No focal consolidation, effusion or pneumonia.
          pneumonia | NEGATED | The lungs are clear without pneumonia.
          pneumonia | NEGATED | Pneumonia was ruled out by CT.
          pneumonia | NEGATED | CT ruled out pneumonia.
          pneumonia | NEGATED | Pneumonia is not seen.
          pneumonia | NEGATED | The radiograph is negative for pneumonia.
          pneumonia | NEGATED | He doesn't have pneumonia.
          pneumonia | NEGATED | Absence of pneumonia on this film.
          pneumonia | NEGATED | The patient does not have pneumonia.
          pneumonia | UNCERTAIN | Possible pneumonia.
          pneumonia | HYPOTHETICAL | Rule out pneumonia.
          pneumonia | UNCERTAIN | Pneumonia cannot be excluded.
          pneumonia | UNCERTAIN | We cannot exclude pneumonia.
          pneumonia | UNCERTAIN | Opacity may represent pneumonia.
          pneumonia | UNCERTAIN | Pneumonia?
          pneumonia | UNCERTAIN | Atelectasis versus pneumonia.
          pneumonia | UNCERTAIN | Findings suspicious for pneumonia.
          pneumonia | UNCERTAIN | Pneumonia remains to be ruled out.
          pneumonia | HISTORICAL | History of pneumonia.
          pneumonia | HISTORICAL | Pneumonia in 2015.
          pneumonia | HISTORICAL | She had pneumonia ten years ago.
          pneumonia | HISTORICAL | Prior radiograph showed pneumonia.
          pneumonia | HISTORICAL | The pneumonia has since resolved.
          pneumonia | NEGATED | No history of pneumonia.
          pneumonia | FAMILY | His mother has pneumonia.
          pneumonia | FAMILY | Family history of pneumonia.
          pneumonia | FAMILY | Two cases of pneumonia in the family.
          cough | AFFIRMED | Denies fever but has cough.
          cough | AFFIRMED | The mother reports cough at night.
          cough | AFFIRMED | Denies chest pain; cough for three days.
          cough | AFFIRMED | Cough present, fever absent.
          cough | AFFIRMED | History of asthma, now coughing for a week.
          cough | NEGATED | Denies cough.
          cough | NEGATED | The mother denies cough.
          cough | NEGATED | No fever, chills or cough.
          cough | NEGATED | Never coughs at night.
          covid-cough | NEGATED | COVID-19 PCR came back negative.
          covid-cough | UNCERTAIN | Suspected COVID-19.
          covid-cough | AFFIRMED | Negative for influenza, positive for SARS-CoV-2.
          phantom-opacity | NEGATED | No opacities are seen in either lung.
          phantom-opacity | AFFIRMED | There is an opacity in the left lower zone.
          phantom-opacity | NEGATED | Neither consolidation nor effusion.
          phantom-crackles | NEGATED | Crackles were not heard.
          phantom-infection | NEGATED | The child is without fever.
          adenocarcinoma | FAMILY | Her sister died of adenocarcinoma.
          adenocarcinoma | UNCERTAIN | Adenocarcinoma is suspected.
          squamous-cell-carcinoma | NEGATED | No evidence of malignancy.
          phantom-infection | HYPOTHETICAL | Seek advice if fever develops.
          phantom-infection | HISTORICAL | Had a fever ten months ago.
          phantom-infection | FAMILY | A colleague has a fever this week.
          pneumonia | NEGATED | 폐렴 소견 없음.
          pneumonia | UNCERTAIN | 폐렴 의심됨.
          pneumonia | UNCERTAIN | 폐렴을 배제할 수 없음.
          pneumonia | HISTORICAL | 폐렴 과거력 있음.
          cough | AFFIRMED | 열은 없으나 기침은 있음.
          pneumonia | NEGATED | 기침은 있으나 폐렴은 없음.
          pneumonia | FAMILY | 어머니가 폐렴을 앓음.
          """)
  void is_read_from_its_cues(String key, Stance expected, String sentence) {
    assertThat(ConText.stances(sentence, FindingTerms.terms(key, key))).containsOnly(expected);
  }

  @Test
  void each_mention_is_read_on_its_own() {
    assertThat(
            ConText.stances(
                "No opacity on the right, but an opacity on the left.",
                FindingTerms.terms("phantom-opacity", "")))
        .containsExactly(Stance.NEGATED, Stance.AFFIRMED);
  }

  @Test
  void a_word_that_only_contains_the_term_is_no_mention() {
    assertThat(ConText.stances("Coughlin visited.", FindingTerms.terms("cough", ""))).isEmpty();
  }

  private static List<Stance> claims(String note, String key) {
    return NoteClaims.of(note, FindingTerms.terms(key, key), FindingTerms.opposites(key));
  }

  @Test
  void words_of_the_opposite_deny() {
    assertThat(claims("Afebrile on arrival.", "phantom-infection"))
        .containsExactly(Stance.NEGATED);
    assertThat(claims("The lungs are clear.", "phantom-opacity"))
        .containsExactly(Stance.NEGATED);
    assertThat(claims("The lungs are not clear.", "phantom-opacity")).isEmpty();
  }

  @Test
  void sections_lend_their_stance() {
    String note =
        "PAST MEDICAL HISTORY: Pneumonia. \uD83D\uDE00\nFAMILY HISTORY: Pneumonia.\n"
            + "FINDINGS: Pneumonia on the left.";
    assertThat(claims(note, "pneumonia"))
        .containsExactly(Stance.HISTORICAL, Stance.FAMILY, Stance.AFFIRMED);
  }

  @Test
  void a_huge_note_takes_little_time() {
    String note = "no cough ".repeat(100_000);
    long start = System.nanoTime();
    assertThat(claims(note, "cough")).isNotEmpty();
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(5);
  }
}
