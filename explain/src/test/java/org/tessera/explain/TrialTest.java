package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Counterfactual;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Finding.Status;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NarrativeSentence;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.token.TokenSequence;

@DisplayName("The trial")
class TrialTest {
  private static final FindingProfile OPACITY =
      TestModel.profile("phantom-opacity", Modality.IMAGE);
  private static final FindingProfile CRACKLES =
      TestModel.profile("phantom-crackles", Modality.AUDIO);
  private static final FindingProfile INFECTION =
      TestModel.profile("phantom-infection", Modality.IMAGE, Modality.NOTE);

  private static final FindingProfile DISAGREEMENT =
      TestModel.disagreement("phantom-mismatch", Modality.AUDIO, Modality.NOTE);

  /** Sees opacities, hears crackles, and needs both opacity and fever for an infection. */
  private static TestModel intact() {
    return new TestModel()
        .asks(OPACITY, s -> -2 + s.image())
        .asks(CRACKLES, s -> -2 + s.audio())
        .asks(INFECTION, s -> -3 + 6 * Math.min(1, Math.min(s.image() / 4, s.note())));
  }

  private static Cases square() {
    return new Cases().imageWithSquare(4, 6);
  }

  private static Cases everything() {
    return square()
        .note("Cough for a week, with !fever of 39 degrees.")
        .audio(5, 10)
        .record(Cases.condition("Asthma", RecordFact.Assertion.PRESENT));
  }

  private static TrialOutcome judge(TestModel model, Cases cases) {
    return new Trial().judge(cases.patientCase(), cases.sequence(), model);
  }

  private static Finding first(TestModel model, Cases cases) {
    return judge(model, cases).findings().getFirst();
  }

  private static Check check(Finding finding, String name) {
    return finding.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void supports_what_an_intact_model_sees_and_shows_where() {
    Finding finding = first(intact(), everything());
    assertThat(finding.status()).isEqualTo(Status.SUPPORTED);
    for (String name : List.of("evidence-drop", "wrong-patient", "blank-input", "text-leak")) {
      assertThat(check(finding, name).verdict()).as(name).isEqualTo(Verdict.PASS);
    }
    assertThat(finding.explanation().orElseThrow().trusted()).isTrue();
    assertThat(finding.highlights())
        .containsExactly(new Highlight("I1", new PixelRegion(1, 192, 128, 96, 96), 1));
    assertThat(finding.interval().orElseThrow().low())
        .isLessThanOrEqualTo(finding.probability().orElseThrow());
  }

  @Test
  void asks_again_with_the_highlighted_pixels_filled_in() {
    Finding finding = first(intact(), square());
    Counterfactual changed = finding.counterfactual().orElseThrow();
    assertThat(changed.removed())
        .containsExactly(
            new Counterfactual.Removed(
                "I1", new PixelRegion(1, 192, 128, 96, 96), Counterfactual.How.INPAINTED));
    // The square is as bright as 9 x 0.45 beyond 0.5; what is around it is darker than 0.5.
    assertThat(changed.probability()).isCloseTo(Logits.probability(-2), within(0.01));
    Finding withheld =
        first(new TestModel().asks(OPACITY, s -> -2 + 5 * s.note()), square().note("!opacity"));
    assertThat(withheld.counterfactual()).isEmpty();
  }

  @Test
  void a_finding_on_trial_alone_is_judged_as_among_the_others() {
    Cases cases = everything();
    Trial trial = new Trial();
    List<Finding> all = judge(intact(), cases).findings();
    for (int f = 0; f < all.size(); f++) {
      List<Finding> one =
          trial.only(f).judge(cases.patientCase(), cases.sequence(), intact()).findings();
      assertThat(one.get(f)).isEqualTo(all.get(f));
      assertThat(one).filteredOn(each -> each.status() == Status.SUPPORTED).hasSize(1);
    }
  }

  @Test
  void tells_first_answers_then_every_check_once_then_the_findings() {
    List<String> heard = new ArrayList<>();
    TrialListener listener =
        new TrialListener() {
          @Override
          public void firstFindings(List<EarlyFinding> findings) {
            findings.forEach(each -> heard.add(each.id() + " " + each.onTrial()));
          }

          @Override
          public void checked(String finding, Check check) {
            heard.add(finding + " " + check.name() + " " + check.verdict());
          }

          @Override
          public void judged(Finding finding) {
            heard.add(finding.id() + " " + finding.status());
          }
        };
    Cases cases = square();
    TrialOutcome outcome =
        new Trial().judge(cases.patientCase(), cases.sequence(), intact(), listener);
    assertThat(heard.subList(0, 3)).containsExactly("F1 true", "F2 false", "F3 false");
    assertThat(heard.subList(heard.size() - 3, heard.size()))
        .containsExactlyElementsOf(
            outcome.findings().stream().map(each -> each.id() + " " + each.status()).toList());
    assertThat(heard.subList(3, heard.size() - 3))
        .containsExactlyInAnyOrderElementsOf(
            outcome.findings().stream()
                .flatMap(
                    each ->
                        each.checks().stream()
                            .map(c -> each.id() + " " + c.name() + " " + c.verdict()))
                .toList());
  }

  @Test
  void highlights_words_and_seconds_where_they_decide() {
    List<Finding> findings = judge(intact(), everything()).findings();
    assertThat(findings.get(1).highlights())
        .extracting(Highlight::region)
        .containsExactly(new TimeInterval(0.4, 0.8));
    assertThat(findings.get(2).status()).isEqualTo(Status.SUPPORTED);
    assertThat(findings.get(2).highlights())
        .extracting(Highlight::region)
        .contains(new TextSpan(23, 29));
  }

  @Test
  void contributions_add_up_to_the_probability_for_every_subset_of_modalities() {
    for (int mask = 1; mask < 16; mask++) {
      Cases cases = new Cases();
      if ((mask & 1) != 0) {
        cases.imageWithSquare(2, 2);
      }
      if ((mask & 2) != 0) {
        cases.note("A !fever was noted.");
      }
      if ((mask & 4) != 0) {
        cases.audio(3, 9);
      }
      if ((mask & 8) != 0) {
        cases.record(Cases.condition("Asthma", RecordFact.Assertion.PRESENT));
      }
      for (Finding finding : judge(intact(), cases).findings()) {
        double sum =
            finding.baseline().orElseThrow()
                + finding.contributions().values().stream().mapToDouble(v -> v).sum();
        assertThat(Logits.probability(sum))
            .isCloseTo(finding.probability().orElseThrow(), within(1e-9));
        assertThat(finding.contributions()).hasSize(Integer.bitCount(mask));
      }
    }
  }

  @Test
  void spends_at_most_64_passes_per_finding_and_shares_them() {
    TestModel model = intact();
    Trial trial = new Trial();
    Cases cases = everything();
    trial.judge(cases.patientCase(), cases.sequence(), model);
    int withDonors = model.passes;
    TrialOutcome again = trial.judge(cases.patientCase(), cases.sequence(), model);
    assertThat(model.passes - withDonors).isEqualTo(again.passes().total());
    assertThat(again.passes().byFinding()).hasSize(3);
    assertThat(again.passes().byFinding().values()).allMatch(n -> n > 16 && n <= 64);
    assertThat(again.passes().total())
        .isLessThan(again.passes().byFinding().values().stream().mapToInt(n -> n).sum());
  }

  @Test
  void gives_the_same_outcome_in_any_order_of_checks() {
    Cases cases = everything();
    List<Finding> expected = judge(intact(), cases).findings();
    List<FindingCheck> checks = new ArrayList<>(Panel.checks());
    for (long seed = 0; seed < 10; seed++) {
      Collections.shuffle(checks, new Random(seed));
      List<Finding> shuffled =
          new Trial(checks).judge(cases.patientCase(), cases.sequence(), intact()).findings();
      assertThat(shuffled).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void withholds_an_image_finding_that_the_note_alone_carries() {
    TestModel textOnly = new TestModel().asks(OPACITY, s -> -2 + 5 * s.note());
    Finding finding = first(textOnly, square().note("There is an !opacity."));
    assertThat(finding.status()).isEqualTo(Status.WITHHELD);
    for (String name : List.of("wrong-patient", "blank-input", "evidence-drop", "text-leak")) {
      assertThat(check(finding, name).verdict()).as(name).isEqualTo(Verdict.FAIL);
    }
    assertThat(finding.highlights()).isEmpty();
  }

  @Test
  void withholds_what_a_model_says_of_everyone() {
    TestModel yes = new TestModel().asks(OPACITY, s -> 3);
    Finding finding = first(yes, square());
    assertThat(finding.status()).isEqualTo(Status.WITHHELD);
    // Its own donors have it as well, so nobody is left to swap with.
    assertThat(check(finding, "wrong-patient").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(check(finding, "blank-input").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check(finding, "evidence-drop").verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void withholds_a_finding_of_image_and_note_if_the_model_ignores_one_of_them() {
    TestModel careless = new TestModel().asks(INFECTION, s -> -3 + 6 * Math.min(1, s.note()));
    Finding finding = first(careless, square().note("There is !fever today."));
    assertThat(finding.status()).isEqualTo(Status.WITHHELD);
    assertThat(check(finding, "wrong-patient").reason()).contains("image of 8 other patients");
  }

  private static final String CRACKLES_HEARD = "There are !crackles !heard on the left side.";
  private static final String NO_CRACKLES = "!No !crackles !at !all !there on the left side.";

  /** Long sound against "no crackles", or short against "crackles"; nothing of blank evidence. */
  private static double disagreement(TestModel.Signals s) {
    boolean known = s.audio() > 0.5 && s.note() > 0.5;
    return known && s.audio() > 4 == s.note() > 2.5 ? 3 : -3;
  }

  @Test
  void swaps_a_disagreement_for_either_kind_of_donors() {
    for (Cases cases :
        List.of(
            new Cases().audio(2, 14).note(NO_CRACKLES),
            new Cases().audio(5, 8).note(CRACKLES_HEARD))) {
      TestModel model =
          new TestModel().dividedDonors().asks(DISAGREEMENT, TrialTest::disagreement);
      Finding finding = first(model, cases);
      assertThat(check(finding, "wrong-patient").score()).hasValue(1);
      assertThat(check(finding, "wrong-patient").verdict()).isEqualTo(Verdict.PASS);
      assertThat(check(finding, "blank-input").verdict()).isEqualTo(Verdict.PASS);
    }
  }

  @Test
  void withholds_a_disagreement_if_the_model_ignores_one_side() {
    Cases cases = new Cases().audio(2, 14).note(NO_CRACKLES);
    TestModel deaf =
        new TestModel().dividedDonors().asks(DISAGREEMENT, s -> s.note() > 2.5 ? 3 : -3);
    Finding finding = first(deaf, cases);
    assertThat(finding.status()).isEqualTo(Status.WITHHELD);
    assertThat(check(finding, "wrong-patient").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check(finding, "wrong-patient").reason()).contains("audio of 4");
    TestModel unread =
        new TestModel().dividedDonors().asks(DISAGREEMENT, s -> s.audio() > 4 ? 3 : -3);
    assertThat(check(first(unread, cases), "wrong-patient").reason()).contains("note of 4");
  }

  @Test
  void never_supports_an_imaging_finding_on_a_blank_image_whatever_the_note_says() {
    for (TestModel model :
        List.of(
            intact(),
            new TestModel().asks(OPACITY, s -> -2 + 5 * s.note()),
            new TestModel().asks(OPACITY, s -> 3))) {
      Finding finding = first(model, new Cases().blankImage().note("An !opacity is seen."));
      assertThat(finding.status()).isNotEqualTo(Status.SUPPORTED);
    }
  }

  @Test
  void abstains_on_a_blank_image_even_if_the_model_is_sure() {
    Finding finding = first(new TestModel().asks(OPACITY, s -> 3), new Cases().blankImage());
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.statusReason().orElseThrow()).contains("blank");
  }

  @Test
  void abstains_far_from_everything_that_it_learned_from() {
    Finding finding = first(intact().far(0.5), square());
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(check(finding, "out-of-distribution").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(check(finding, "evidence-drop").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
  }

  @Test
  void abstains_on_a_finding_that_it_was_shown_not_to_know() {
    TestModel model =
        new TestModel()
            .asks(TestModel.profile("pneumonia", false, Modality.IMAGE), s -> -2 + s.image());
    Finding finding = first(model, square());
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.statusReason().orElseThrow()).contains("knows the channel");
    assertThat(finding.probability()).isPresent();
  }

  @Test
  void does_not_judge_without_the_deciding_modality_but_still_says_the_numbers() {
    Finding finding = first(intact(), new Cases().note("There is !fever."));
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.statusReason())
        .contains("No phantom image in this case, so phantom opacity was not judged.");
    assertThat(finding.probability()).isPresent();
    assertThat(finding.contributions()).containsOnlyKeys(Modality.NOTE);
  }

  @Test
  void reports_nothing_below_the_operating_point_and_claims_no_normality() {
    TrialOutcome outcome = judge(intact(), new Cases().plainImage());
    assertThat(outcome.findings().getFirst().status()).isEqualTo(Status.NOT_FOUND);
    assertThat(outcome.narrative()).isEmpty();
    assertThat(outcome.findings().getFirst().highlights()).isEmpty();
  }

  @Test
  void abstains_with_fewer_than_eight_donors() {
    Finding finding = first(intact().donors(7), square());
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.statusReason().orElseThrow()).contains("Fewer than 8 other patients");
  }

  @Test
  void abstains_if_the_computation_gives_no_number() {
    TestModel corrupted = new TestModel().asks(OPACITY, s -> Double.NaN);
    Finding finding = first(corrupted, square());
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.probability()).isEmpty();
    assertThat(finding.contributions()).isEmpty();
  }

  @Test
  void shows_no_picture_if_the_map_points_elsewhere() {
    TestModel misleading =
        new TestModel() {
          @Override
          public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
            return noise(encoded, randomized ? 1 : 2);
          }
        };
    misleading.asks(OPACITY, s -> -2 + s.image());
    Finding finding = first(misleading, square());
    assertThat(finding.explanation().orElseThrow().trusted()).isFalse();
    assertThat(finding.highlights()).isEmpty();
  }

  @Test
  void shows_no_picture_if_the_map_does_not_depend_on_what_was_learned() {
    TestModel edges =
        new TestModel() {
          @Override
          public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
            return encoded.embeddings().clone();
          }
        };
    edges.asks(OPACITY, s -> -2 + s.image());
    Finding finding = first(edges, square());
    assertThat(finding.explanation().orElseThrow().trusted()).isFalse();
    assertThat(finding.explanation().orElseThrow().tests().getFirst().passed()).isTrue();
    // The finding itself stands: only its picture is not trusted.
    assertThat(finding.status()).isEqualTo(Status.SUPPORTED);
  }

  @Test
  void trusts_random_maps_in_at_most_one_case_of_ten() {
    int trusted = 0;
    int n = 300;
    for (int i = 0; i < n; i++) {
      int seed = i;
      TestModel random =
          new TestModel() {
            @Override
            public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
              return noise(encoded, 2L * seed + (randomized ? 1 : 0));
            }
          };
      random.asks(OPACITY, s -> -2 + s.image());
      Finding finding = first(random, new Cases().imageWithSquare(i % 11, i * 7 % 11));
      trusted += finding.explanation().orElseThrow().trusted() ? 1 : 0;
    }
    assertThat(trusted).isLessThanOrEqualTo(n / 10);
  }

  @Test
  void warns_if_the_note_denies_it_and_still_supports_it() {
    TrialOutcome outcome = judge(intact(), square().note("No focal opacity is seen."));
    Finding finding = outcome.findings().getFirst();
    assertThat(check(finding, "contradiction").verdict()).isEqualTo(Verdict.WARN);
    assertThat(finding.status()).isEqualTo(Status.SUPPORTED);
    assertThat(outcome.narrative()).hasSize(2).allMatch(sentence -> sentence.passed());
    assertThat(outcome.narrative().getFirst().sentence())
        .contains("(a phantom finding: synthetic, not of a patient)");
  }

  @Test
  void warns_if_the_record_refutes_it() {
    Cases cases =
        square().record(Cases.condition("Pulmonary opacity", RecordFact.Assertion.ABSENT));
    assertThat(check(first(intact(), cases), "contradiction").reason()).contains("refutes");
  }

  @Test
  void stops_a_case_of_two_patients_before_the_model_sees_it() {
    TestModel model = intact();
    Cases cases =
        square()
            .identified(PatientIdentity.of("1", Optional.empty()), Optional.empty())
            .identified(PatientIdentity.of("2", Optional.empty()), Optional.empty());
    TrialOutcome outcome = judge(model, cases);
    CaseReport report =
        CaseReporter.report(
            cases.patientCase(),
            cases.sequence(),
            model.card(),
            outcome,
            Optional.of("Everything is normal."),
            Map.of());
    assertThat(model.passes).isZero();
    assertThat(report.status()).isEqualTo(CaseReport.Status.STOPPED);
    assertThat(report.findings()).isEmpty();
    assertThat(report.narrative()).hasSize(1).noneMatch(NarrativeSentence::passed);
    assertThat(report.statusReason()).contains("I2 and I3 carry different patient identifiers.");
  }

  @Test
  void stops_a_case_without_any_usable_input() {
    TokenSequence none = new TokenSequence(List.of(), List.of());
    TrialOutcome outcome = new Trial().judge(new Cases().patientCase(), none, intact());
    assertThat(outcome.stopReason()).contains("No input of this case could be used.");
  }

  @Test
  void composes_a_completed_report_whose_sequence_hash_tells_one_value_apart() {
    Cases cases = square();
    TrialOutcome outcome = judge(intact(), cases);
    CaseReport report =
        CaseReporter.report(
            cases.patientCase(),
            cases.sequence(),
            intact().card(),
            outcome,
            Optional.empty(),
            Map.of("read", 1.0));
    assertThat(report.status()).isEqualTo(CaseReport.Status.COMPLETED);
    assertThat(report.timings()).containsKeys("read", "encode", "checks");
    assertThat(report.sequenceSha256())
        .isEqualTo(SequenceHash.of(square().sequence()))
        .isNotEqualTo(SequenceHash.of(new Cases().imageWithSquare(4, 7).sequence()));
  }

  @Test
  void blocks_a_model_with_scrambled_weights() {
    int supported = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double image = random.nextGaussian();
      double note = 3 * random.nextGaussian();
      double bias = 2 * random.nextGaussian();
      TestModel scrambled =
          new TestModel() {
            @Override
            public float[] relevance(EncodedCase encoded, int finding, boolean randomized) {
              return noise(encoded, random.nextLong());
            }
          };
      scrambled.asks(OPACITY, s -> bias + 0.1 * image * s.image() + note * s.note());
      Finding finding =
          first(scrambled, new Cases().imageWithSquare(3, 3).note("An !opacity was noted."));
      supported += finding.status() == Status.SUPPORTED ? 1 : 0;
    }
    assertThat(supported).isLessThanOrEqualTo(1);
  }
}
