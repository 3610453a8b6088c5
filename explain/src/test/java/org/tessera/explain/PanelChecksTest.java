package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Finding;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.LatentReference;
import org.tessera.omni.model.LatentReference.Agreement;

class PanelChecksTest {
  private static final FindingProfile SEEN = TestModel.profile("seen", Modality.IMAGE);

  private static Finding judged(FindingProfile profile, TestModel.Rule rule) {
    Cases cases = new Cases().imageWithSquare(4, 6);
    return new Trial()
        .judge(cases.patientCase(), cases.sequence(), new TestModel().asks(profile, rule))
        .findings()
        .getFirst();
  }

  private static Check check(Finding finding, String name) {
    return finding.checks().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFindingBelowTheConformalBoundAbstains() {
    FindingProfile strict = SEEN.with(Map.of("conformal", 0.999));
    Finding finding = judged(strict, signals -> signals.image() - 2);
    assertThat(check(finding, "conformal").verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.status()).isEqualTo(Finding.Status.ABSTAINED);
    FindingProfile open = SEEN.with(Map.of("conformal", 0.5, "conformal-absent", 0.999));
    Finding warned = judged(open, signals -> signals.image() - 2);
    assertThat(check(warned, "conformal").verdict()).isEqualTo(Verdict.WARN);
    assertThat(warned.status()).isEqualTo(Finding.Status.SUPPORTED);
  }

  @Test
  void withoutBoundsTheConformalCheckSaysWhy() {
    Finding finding = judged(SEEN, signals -> signals.image() - 2);
    assertThat(check(finding, "conformal").verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(check(finding, "conformal").reason()).contains("Too few validation patients");
  }

  @Test
  void aStableFindingIsConsistentWithoutFurtherPasses() {
    Finding finding = judged(SEEN, signals -> signals.image() - 2);
    assertThat(check(finding, "consistency").verdict()).isEqualTo(Verdict.PASS);
    assertThat(check(finding, "consistency").reason()).contains("of 20 passes");
  }

  @Test
  void neighboursCountOnlyWhatIsLabelled() {
    float[] near = {1, 0};
    float[] far = {0, 1};
    List<float[]> latents =
        IntStream.range(0, 6).mapToObj(i -> i < 4 ? near.clone() : far.clone()).toList();
    LatentReference reference =
        new LatentReference(
            latents, 1, 0.2, Optional.of(new float[] {1, 1, 0, -1, 0, 0}));
    assertThat(reference.agreement(near, 3)).contains(new Agreement(2, 3));
    assertThat(reference.agreement(far, 2)).contains(new Agreement(0, 2));
    assertThat(reference.agreement(near, 6)).isEmpty();
  }
}
