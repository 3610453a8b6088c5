package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.RecordFact.Kind;
import org.tessera.omni.model.FindingProfile;

@DisplayName("What the health record says of a finding")
class RecordClaimsTest {
  private static final FindingProfile OPACITY =
      TestModel.profile("phantom-opacity", Modality.IMAGE);

  private static RecordFact fact(Kind kind, Assertion assertion, String words) {
    return new RecordFact(
        new RecordEntry(kind + "/1", "code"),
        kind,
        Optional.empty(),
        words,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        assertion);
  }

  private static Finding judged(RecordFact... facts) {
    Cases cases = new Cases().imageWithSquare(4, 6).record(facts);
    TestModel model = new TestModel().asks(OPACITY, s -> -2 + s.image());
    return new Trial()
        .judge(cases.patientCase(), cases.sequence(), model)
        .findings()
        .getFirst();
  }

  private static Check contradiction(Finding finding) {
    return finding.checks().stream()
        .filter(check -> check.name().equals("contradiction"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONDITION | PRESENT    | Pulmonary opacity              | PASS | states this as well
          CONDITION | HISTORICAL | Pulmonary opacity              | WARN | only as past
          CONDITION | UNCERTAIN  | Pulmonary opacity              | WARN | only as possible
          CONDITION | ABSENT     | Pulmonary opacity              | WARN | refutes this
          CONDITION | PRESENT    | Family history of lung opacity | PASS | speaks against
          CONDITION | PRESENT    | History of lung opacity        | WARN | only as past
          CONDITION | PRESENT    | Asthma                         | PASS | speaks against
          OBSERVATION | ABSENT   | Opacity: Not detected          | WARN | refutes this
          REPORT | PRESENT | Chest X-ray: No focal opacity.        | WARN | earlier report denies
          REPORT | UNCERTAIN | Chest X-ray: No focal opacity.      | WARN | earlier report denies
          REPORT | PRESENT | Chest X-ray: The lungs are clear.     | WARN | earlier report denies
          REPORT | PRESENT | Chest X-ray: Opacity on the left.     | PASS | states this as well
          REPORT | UNCERTAIN | Chest X-ray: Opacity on the left.   | WARN | only as possible
          REPORT | PRESENT | 흉부 X선: 음영은 보이지 않음.             | WARN | earlier report denies
          ALLERGY | PRESENT | Amiodarone: pulmonary infiltrates    | WARN | allergic reaction
          ALLERGY | ABSENT  | No known allergy                     | PASS | speaks against
          MEDICATION | PRESENT | Cream against opacity             | PASS | speaks against
          """)
  void is_told_in_one_sentence(
      Kind kind, Assertion assertion, String words, Verdict verdict, String reason) {
    Check check = contradiction(judged(fact(kind, assertion, words)));
    assertThat(check.verdict()).isEqualTo(verdict);
    assertThat(check.reason()).contains(reason);
  }

  @Test
  void only_ever_warns() {
    Finding finding =
        judged(
            fact(Kind.CONDITION, Assertion.ABSENT, "Pulmonary opacity"),
            fact(Kind.CONDITION, Assertion.PRESENT, "Pulmonary opacity"),
            fact(Kind.REPORT, Assertion.PRESENT, "Chest X-ray: No opacity."));
    assertThat(contradiction(finding).verdict()).isEqualTo(Verdict.WARN);
    assertThat(contradiction(finding).reason())
        .isEqualTo("The health record both lists and refutes this; read it first.");
    assertThat(finding.status()).isEqualTo(Finding.Status.SUPPORTED);
  }

  @Test
  void of_reports_that_disagree_is_said_as_well() {
    List<RecordFact> facts =
        List.of(
            fact(Kind.REPORT, Assertion.PRESENT, "Chest X-ray: No opacity."),
            fact(Kind.REPORT, Assertion.PRESENT, "CT: Opacity in the left lower lobe."));
    assertThat(contradiction(judged(facts.toArray(RecordFact[]::new))).reason())
        .isEqualTo("Earlier reports both state and deny this; read them first.");
  }

  @Test
  void a_variant_neither_states_nor_denies_the_disease_it_predisposes_to() {
    String variant = "Genetic variant assessment: EGFR c.2573T>G, Absent";
    assertThat(contradiction(judged(fact(Kind.OBSERVATION, Assertion.ABSENT, variant))).reason())
        .isEqualTo("Neither note nor record speaks against this.");
    String predicted = "Associated phenotype: Pulmonary opacity";
    Check check =
        contradiction(judged(fact(Kind.OBSERVATION, Assertion.UNCERTAIN, predicted)));
    assertThat(check.verdict()).isEqualTo(Verdict.WARN);
    assertThat(check.reason()).contains("only as possible");
  }
}
