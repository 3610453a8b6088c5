package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NarrativeSentence;

@DisplayName("The narrative")
class NarrativeTest {
  private static final Finding PNEUMONIA = finding("F1", "Bacterial pneumonia", Status.SUPPORTED);
  private static final Finding CARCINOMA = finding("F2", "Adenocarcinoma", Status.WITHHELD);
  private static final List<Finding> BOTH = List.of(PNEUMONIA, CARCINOMA);

  private static Finding finding(String id, String display, Status status) {
    return new Finding(
        id,
        new Coding(Coding.SNOMED_CT, "1", display),
        OptionalDouble.of(0.83),
        Optional.empty(),
        Optional.of(new Finding.OperatingPoint(0.5, 0.8, 0.8, "test")),
        status,
        Optional.empty(),
        OptionalDouble.of(-1),
        Map.of(Modality.IMAGE, 2.6),
        List.of(),
        Optional.empty(),
        List.of());
  }

  private static NarrativeSentence held(String sentence, String... findings) {
    return Narrative.traced(List.of(new Narrative.Draft(sentence, List.of(findings))), BOTH)
        .getFirst();
  }

  @Test
  void speaks_of_supported_findings_only() {
    assertThat(Narrative.of(BOTH))
        .containsExactly(
            new NarrativeSentence(
                "Bacterial pneumonia, probability 83 % (operating point 50 %), resting mainly on"
                    + " the image; no trustworthy place can be shown.",
                List.of("F1"),
                true,
                Optional.empty()));
  }

  @Test
  void is_silent_if_nothing_is_supported() {
    assertThat(Narrative.of(List.of(CARCINOMA))).isEmpty();
    assertThat(Narrative.of(List.of())).isEmpty();
  }

  @Test
  void strikes_out_invented_sentences() {
    assertThat(held("There is a pneumothorax.").passed()).isFalse();
    assertThat(held("There is a pneumothorax.", "F1").passed()).isFalse();
    assertThat(held("There is a pneumothorax.", "F9").passed()).isFalse();
    assertThat(held("Adenocarcinoma is likely.", "F2").passed()).isFalse();
    assertThat(held("Bacterial pneumonia beside adenocarcinoma.", "F1").passed()).isFalse();
    assertThat(held("No acute disease but bacterial pneumonia.", "F1").passed()).isFalse();
    assertThat(held("Bacterial pneumonia; otherwise normal.", "F1").passed()).isFalse();
    assertThat(held("Bacterial pneumonia is seen.", "F1").passed()).isTrue();
  }

  @Test
  void holds_a_text_of_others_against_what_is_supported() {
    assertThat(
            Narrative.ofOthers(
                "The image shows bacterial pneumonia with a probability of 83 %. Adenocarcinoma is"
                    + " present. Bacterial pneumonia on the left. The probability of bacterial"
                    + " pneumonia is 38 %.",
                BOTH))
        .extracting(NarrativeSentence::passed)
        .containsExactly(true, false, false, false);
  }

  @Test
  void says_why_a_sentence_was_struck_out() {
    assertThat(held("Adenocarcinoma is likely.", "F2").reason())
        .contains("It traces to a finding that is not supported.");
  }
}
