package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CaseReport;
import org.tessera.casemodel.Check;
import org.tessera.casemodel.Check.Verdict;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.ComputationFaultException;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Integrity;
import org.tessera.omni.model.Pass;
import org.tessera.omni.token.TokenSequence;

/** What becomes of a case whose computation does not hold. */
class NumericIntegrityTest {
  private static final String FAULT = "Two ways to compute the same answer did not agree.";

  /** Fails so many times; then everything holds. */
  private static final class Faulty extends TestModel {
    private int left;
    private final boolean inEncoding;
    private long repeated;

    Faulty(int times, boolean inEncoding) {
      this.left = times;
      this.inEncoding = inEncoding;
      asks(profile("opacity", Modality.IMAGE), s -> -2 + s.image());
    }

    private Integrity fault(boolean here) {
      if (here && left-- > 0) {
        throw new ComputationFaultException(FAULT);
      }
      return Integrity.HELD;
    }

    @Override
    public Integrity verify(Pass whole, float[] answer) {
      return fault(!inEncoding);
    }

    @Override
    public Integrity verify(TokenSequence sequence, EncodedCase encoded) {
      return fault(inEncoding);
    }

    @Override
    public long repetitions() {
      return repeated;
    }

    @Override
    public float[][] logits(List<Pass> wanted) {
      repeated += left < 0 ? 1 : 0;
      return super.logits(wanted);
    }
  }

  private static TrialOutcome judge(TestModel model) {
    Cases cases = new Cases().imageWithSquare(4, 6);
    return new Trial().judge(cases.patientCase(), cases.sequence(), model);
  }

  private static Check check(TrialOutcome outcome) {
    return outcome.caseChecks().stream()
        .filter(each -> each.name().equals(NumericIntegrity.NAME))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCaseThatHoldsSaysSo() {
    Check check = check(judge(new Faulty(0, false)));
    assertThat(check.verdict()).isEqualTo(Verdict.PASS);
    assertThat(check.reason()).startsWith("All checksums held");
  }

  @Test
  void aModelWithoutChecksumsIsNotSaidToHold() {
    TrialOutcome outcome =
        judge(new TestModel().asks(TestModel.profile("opacity", Modality.IMAGE), s -> 1));
    assertThat(check(outcome).verdict()).isEqualTo(Verdict.NOT_APPLICABLE);
    assertThat(outcome.findings()).hasSize(1);
  }

  @Test
  void aFaultThatDoesNotComeAgainIsRepeatedAndNoted() {
    for (boolean inEncoding : List.of(false, true)) {
      TrialOutcome outcome = judge(new Faulty(1, inEncoding));
      assertThat(check(outcome).verdict()).isEqualTo(Verdict.WARN);
      assertThat(outcome.stopReason()).isEmpty();
      assertThat(outcome.findings()).isEqualTo(judge(new Faulty(0, false)).findings());
    }
  }

  @Test
  void whatTheModelItselfRepeatedIsNoted() {
    assertThat(check(judge(new Faulty(-1, false))).verdict()).isEqualTo(Verdict.WARN);
  }

  @Test
  void aFaultThatStaysStopsTheCaseWithOneSentenceAndWithoutFindings() {
    TrialOutcome outcome = judge(new Faulty(Integer.MAX_VALUE, false));
    assertThat(check(outcome).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(outcome.findings()).isEmpty();
    assertThat(outcome.narrative()).isEmpty();
    Cases cases = new Cases().imageWithSquare(4, 6);
    CaseReport report =
        CaseReporter.report(
            cases.patientCase(),
            cases.sequence(),
            new TestModel().card(),
            outcome,
            Optional.empty(),
            Map.of());
    assertThat(report.status()).isEqualTo(CaseReport.Status.STOPPED);
    assertThat(report.statusReason())
        .contains(FAULT + " Nothing of this case is reported.");
  }
}
