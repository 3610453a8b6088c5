package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.tessera.casemodel.PixelRegion;
import org.tessera.explain.report.ResultJson;
import org.tessera.omni.model.FindingProfile;

@DisplayName("Moving pictures")
class MovingPicturesTest {
  private static final FindingProfile OPACITY =
      TestModel.profile("phantom-opacity", Modality.IMAGE);
  private static final FindingProfile LEAK = TestModel.profile("phantom-leak", Modality.CINE);

  private static TrialOutcome judge(TestModel model, Cases cases) {
    return new Trial().judge(cases.patientCase(), cases.sequence(), model);
  }

  private static TestModel stillOnly() {
    return new TestModel().asks(OPACITY, s -> -2 + s.image());
  }

  private static List<String> coverage(TrialOutcome outcome) {
    return outcome.caseChecks().stream()
        .filter(each -> each.name().equals("coverage"))
        .map(Check::reason)
        .toList();
  }

  @Test
  void alone_are_not_judged_by_a_model_that_never_saw_any() {
    TestModel model = stillOnly();
    TrialOutcome outcome = judge(model, new Cases().cine(11));
    Finding finding = outcome.findings().getFirst();
    assertThat(finding.status()).isEqualTo(Status.ABSTAINED);
    assertThat(finding.probability()).isEmpty();
    assertThat(finding.statusReason().orElseThrow())
        .isEqualTo(
            "The model was never trained on moving pictures, and the case has nothing else,"
                + " so phantom opacity was not judged.");
    assertThat(finding.checks())
        .singleElement()
        .satisfies(each -> assertThat(each.verdict()).isEqualTo(Verdict.FAIL));
    assertThat(outcome.stopReason()).isEmpty();
    assertThat(outcome.narrative()).isEmpty();
    assertThat(model.passes).isZero();
  }

  @Test
  void beside_a_radiograph_change_nothing_but_a_warning() {
    TrialOutcome without = judge(stillOnly(), new Cases().imageWithSquare(4, 6));
    TrialOutcome with = judge(stillOnly(), new Cases().imageWithSquare(4, 6).cine(11));
    assertThat(with.findings()).isEqualTo(without.findings());
    assertThat(with.findings().getFirst().status()).isEqualTo(Status.SUPPORTED);
    assertThat(coverage(without)).isEmpty();
    assertThat(coverage(with))
        .containsExactly(
            "The model was never trained on moving pictures: no finding rests on them, and none"
                + " is ruled out.");
  }

  @Test
  void of_a_model_that_reads_them_are_highlighted_by_frame_and_second() {
    Cases cases = new Cases().cine(11);
    TestModel model =
        new TestModel().readsMovingPictures().asks(LEAK, s -> -2 + s.image());
    TrialOutcome outcome = judge(model, cases);
    Finding finding = outcome.findings().getFirst();
    assertThat(finding.status()).as("%s", finding.statusReason()).isEqualTo(Status.SUPPORTED);
    PixelRegion frame = new PixelRegion(11, 0, 0, 112, 112);
    assertThat(finding.highlights()).containsExactly(new Highlight("I1", frame, 1));
    Counterfactual changed = finding.counterfactual().orElseThrow();
    assertThat(changed.probability()).isCloseTo(Logits.probability(-2), within(0.01));
    CaseReport report =
        CaseReporter.report(
            cases.patientCase(), cases.sequence(), model.card(), outcome, Optional.empty(),
            Map.of());
    JsonNode region =
        ResultJson.of(report, List.of()).at("/findings/0/highlights/0/region");
    assertThat(region.path("frame").asInt()).isEqualTo(11);
    assertThat(region.path("seconds").asDouble()).isEqualTo(0.4);
    assertThat(report.tokensByModality()).containsEntry(Modality.CINE, 16);
  }
}
