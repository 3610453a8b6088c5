package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.omni.assertion.ConText;
import org.tessera.omni.assertion.NoteClaims;
import org.tessera.omni.assertion.Stance;

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
          pneumonia | HISTORICAL | Pneumonia in 2015, no sequelae.
          pneumonia | HISTORICAL | A bout of pneumonia nine months back, over after a week.
          pneumonia | HISTORICAL | Pneumonia last winter, two weeks in bed.
          pneumonia | HISTORICAL | In 2012 admitted for pneumonia.
          pneumonia | HISTORICAL | Three years ago she was hospitalised with pneumonia.
          pneumonia | AFFIRMED | In 2012 she moved house, now admitted for pneumonia.
          pneumonia | FAMILY | Pneumonia among others in the house.
          pneumonia | FAMILY | Her grandchildren have pneumonia.
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

  @ParameterizedTest(name = "{1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pneumonia | NEGATED | The CT does not show pneumonia.
          pneumonia | NEGATED | No sign that the patient has pneumonia.
          pneumonia | HYPOTHETICAL | If the patient develops pneumonia, start ceftriaxone.
          pneumonia | HYPOTHETICAL | At risk for aspiration pneumonia.
          fever | HYPOTHETICAL | Return to the ED for fever, chest pain or dyspnea.
          fever | HYPOTHETICAL | Acetaminophen as needed for fever.
          fever | HYPOTHETICAL | Any fever should prompt a call to the clinic.
          pneumonia | HYPOTHETICAL | Vaccinated against pneumonia.
          cough | AFFIRMED | Could not sleep because of cough.
          cough | AFFIRMED | She is a mother of two with cough.
          cough | AFFIRMED | 3-day history of cough.
          cough | AFFIRMED | Never-smoker with cough.
          cough | AFFIRMED | Cough for the past two weeks.
          cough | AFFIRMED | HIV negative patient with cough.
          cough | AFFIRMED | Per his wife, the cough is worse at night.
          cough | NEGATED | Fever present, cough absent.
          cough | NEGATED | Cough: none.
          cough | NEGATED | Cough (-), sputum (+).
          sputum | AFFIRMED | Cough (-), sputum (+).
          sputum | NEGATED | cough/sputum/fever (+/-/+)
          pneumonia | UNCERTAIN | Low suspicion for pneumonia.
          pneumonia | UNCERTAIN | Pneumonia has not been ruled out.
          pneumonia | UNCERTAIN | The opacity is suggestive of pneumonia.
          opacity | AFFIRMED | Left basal opacity, possibly pneumonia.
          opacity | AFFIRMED | Opacity likely representing pneumonia.
          pneumonia | UNCERTAIN | Opacity likely representing pneumonia.
          pneumonia | UNCERTAIN | Pneumonia versus atelectasis at the left base.
          pneumonia | UNCERTAIN | Presumed pneumonia, on antibiotics.
          pneumonia | HISTORICAL | He was treated for pneumonia as a child.
          pneumonia | HISTORICAL | S/p pneumonia in 2012.
          pneumonia | HISTORICAL | Pneumonia (2012), appendectomy (1990).
          pneumonia | HISTORICAL | The previously seen pneumonia has cleared.
          nodule | AFFIRMED | The previously described nodule is unchanged.
          nodule | AFFIRMED | Compared with the prior study, the nodule has grown.
          pneumonia | FAMILY | The patient's father died of pneumonia.
          pneumonia | AFFIRMED | His mother had breast cancer; the patient has pneumonia.
          cough | FAMILY | Exposed to a colleague with a cough.
          pneumonia | AFFIRMED | No effusion, right lower lobe pneumonia.
          effusion | NEGATED | No pneumothorax, effusion, or consolidation.
          effusion | AFFIRMED | No pneumothorax, small left effusion.
          fever | NEGATED | Afebrile, no fever overnight, cough persists.
          cough | AFFIRMED | Afebrile, no fever overnight, cough persists.
          pneumonia | NEGATED | Findings argue against pneumonia.
          pneumonia | NEGATED | Atelectasis rather than pneumonia.
          pneumonia | AFFIRMED | No change in the known pneumonia.
          fever | AFFIRMED | No source of the fever was found.
          fever | AFFIRMED | Fever is not improving.
          pneumonia | NEGATED | Neither the CT nor the radiograph showed pneumonia.
          폐렴 | NEGATED | 폐렴은 보이지 않음.
          폐렴 | NEGATED | 폐렴 소견은 관찰되지 않습니다.
          폐렴 | UNCERTAIN | 폐렴 가능성을 배제할 수 없음.
          폐렴 | UNCERTAIN | 폐렴으로 생각됨.
          폐렴 | HYPOTHETICAL | 폐렴 배제 위해 CT 시행.
          폐렴 | NEGATED | 폐렴은 배제됨.
          기침 | AFFIRMED | 기침으로 내원, 폐렴 의심됨.
          기침 | AFFIRMED | 3일 전부터 기침 있음.
          기침 | NEGATED | 기침, 가래 없음.
          기침 | AFFIRMED | 기침 지속, 발열 없음.
          발열 | NEGATED | 기침 지속, 발열 없음.
          발열 | HYPOTHETICAL | 발열 시 내원하도록 교육함.
          발열 | HYPOTHETICAL | 열이나 발열이 지속되면 응급실로 오세요.
          폐렴 | HYPOTHETICAL | 폐렴 예방접종을 권함.
          폐렴 | HISTORICAL | 2년 전 폐렴으로 입원하였음.
          폐렴 | HISTORICAL | 과거에 폐렴을 앓은 적이 있음.
          폐렴 | NEGATED | 폐렴 과거력 없음.
          폐렴 | HISTORICAL | 이전 CT에서 보이던 폐렴은 소실됨.
          폐암 | FAMILY | 아버지가 폐암으로 사망함.
          폐암 | FAMILY | 폐암 가족력 있음.
          기침 | AFFIRMED | 어머니에 따르면 기침이 심하다고 함.
          폐렴 | AFFIRMED | 폐렴이 호전되지 않음.
          폐렴 | AFFIRMED | 이전 사진과 비교하여 폐렴 변화 없음.
          기침 | AFFIRMED | 발열은 없으나 기침이 있음.
          발열 | NEGATED | 환자는 발열을 부인함.
          """)
  void is_read_from_its_scope(String term, Stance expected, String sentence) {
    assertThat(ConText.stances(sentence, Pattern.compile(Pattern.quote(term))))
        .containsOnly(expected);
  }

  @Test
  void headings_within_a_note_lend_their_stance() {
    String note =
        "Chief complaint: cough\nPast medical history: pneumonia\nFamily history: pneumonia\n"
            + "Return precautions: pneumonia\nAssessment: pneumonia";
    assertThat(claims(note, "pneumonia"))
        .containsExactly(
            Stance.HISTORICAL, Stance.FAMILY, Stance.HYPOTHETICAL, Stance.AFFIRMED);
    assertThat(claims("[과거력]\n폐렴\n[가족력]\n폐렴\n[판독소견]\n폐렴", "pneumonia"))
        .containsExactly(Stance.HISTORICAL, Stance.FAMILY, Stance.AFFIRMED);
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
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    long start = clock.getCurrentThreadCpuTime();
    assertThat(claims(note, "cough")).isNotEmpty();
    assertThat((clock.getCurrentThreadCpuTime() - start) / 1e9).isLessThan(5);
  }
}
