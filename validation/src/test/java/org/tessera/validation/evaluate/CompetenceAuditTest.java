package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.Competence;
import org.tessera.validation.baseline.Baseline;
import org.tessera.validation.baseline.Baseline.Kind;

class CompetenceAuditTest {
  private static final int ROWS = 300;
  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void aModelFarAboveItsShortcutsIsCompetent() {
    FindingScores scores = rows(row -> "", 2.0, baseline("border", Kind.SHORTCUT, 0.3));
    Competence competence = judged(scores);
    assertThat(competence.competent()).isTrue();
    assertThat(competence.gainLow()).isPositive();
    assertThat(competence.matchedLow()).isEqualTo(competence.low());
    assertThat(competence.shortcuts()).containsOnlyKeys("border");
    assertThat(competence.n()).isEqualTo(ROWS);
    assertThat(competence.reason()).startsWith("Known on this kind of input: AUROC 0.");
  }

  @Test
  void aModelThatIsNoBetterThanAThumbnailIsNot() {
    FindingScores scores = rows(row -> "", 1.2, baseline("thumbnail", Kind.SHORTCUT, 1.2));
    Competence competence = judged(scores);
    assertThat(competence.competent()).isFalse();
    assertThat(competence.low()).isGreaterThan(CompetenceAudit.FLOOR);
    assertThat(competence.reason()).contains("not clearly above that of a shortcut");
  }

  @Test
  void whereFileSizeTellsTheLabelNoModelIsCompetentHoweverGood() {
    FindingScores scores = rows(row -> "", 3.0, baseline("bytes", Kind.ACQUISITION, 1.2));
    Competence competence = judged(scores);
    assertThat(competence.competent()).isFalse();
    assertThat(competence.gainLow()).isPositive();
    assertThat(competence.reason()).contains("the size of the file alone reaches an AUROC of 0.8");
  }

  @Test
  void aShortcutThatPointsTheOtherWayIsAShortcutAsWell() {
    FindingScores scores = rows(row -> "", 3.0, baseline("bytes", Kind.ACQUISITION, -1.2));
    Competence competence = judged(scores);
    assertThat(competence.competent()).isFalse();
    assertThat(competence.shortcuts().get("bytes")).isGreaterThan(CompetenceAudit.BLIND_LIMIT);
  }

  @Test
  void aModelThatOnlyKnowsTheChannelIsCaughtWithinTheChannel() {
    FindingScores all = rows(row -> "", 0, baseline("duration", Kind.ACQUISITION, 0));
    List<ScoredRow> rows = new ArrayList<>();
    for (int i = 0; i < all.rows().size(); i++) {
      ScoredRow row = all.rows().get(i);
      boolean telephone = random.nextDouble() < (row.label() ? 0.9 : 0.1);
      rows.add(
          new ScoredRow(
              row.set(),
              row.id(),
              row.cluster(),
              row.label(),
              (telephone ? 4 : 0) + random.nextDouble(),
              Double.NaN,
              Map.of("channel", telephone ? "telephone" : "messenger"),
              Map.of()));
    }
    FindingScores scores =
        new FindingScores(all.profile(), rows, all.baselines(), Map.of(), List.of());
    Competence competence = judged(scores);
    assertThat(competence.low()).isGreaterThan(0.8);
    assertThat(competence.matchedLow()).isLessThan(CompetenceAudit.FLOOR);
    assertThat(competence.competent()).isFalse();
    assertThat(competence.reason()).contains("within channel ");
  }

  @Test
  void aStratumWithTooFewRowsIsSkippedAndTheReasonSaysSo() {
    FindingScores scores =
        rows(row -> row < 12 ? "small" : "large", 2.0, baseline("border", Kind.SHORTCUT, 0));
    Competence competence = judged(scores);
    assertThat(competence.competent()).isTrue();
    assertThat(competence.reason()).endsWith("; too few cases to judge within channel small.");
  }

  @Test
  void withoutAShortcutToCompareWithNothingIsClaimed() {
    FindingScores scores = rows(row -> "", 3.0);
    assertThat(judged(scores).competent()).isFalse();
    assertThat(judged(scores).reason()).contains("no shortcut was measured");
  }

  @Test
  void oneClassOnlyIsNoMeasurement() {
    FindingScores positives =
        rows(row -> "", 1.0, baseline("border", Kind.SHORTCUT, 0)).where(ScoredRow::label);
    assertThat(CompetenceAudit.judge(positives, "rows, val")).isEmpty();
  }

  private static Competence judged(FindingScores scores) {
    return CompetenceAudit.judge(scores, "rows, val").orElseThrow();
  }

  private Shift baseline(String name, Kind kind, double shift) {
    return new Shift(name, kind, shift);
  }

  private record Shift(String name, Baseline.Kind kind, double shift) {}

  private interface Channel {
    String of(int row);
  }

  private FindingScores rows(Channel channel, double shift, Shift... baselines) {
    List<ScoredRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean label = i % 2 == 0;
      rows.add(
          new ScoredRow(
              "set",
              "row" + i,
              "set/patient" + i / 2,
              label,
              gaussian() + (label ? shift : 0),
              Double.NaN,
              Map.of("channel", channel.of(i)),
              Map.of()));
    }
    List<BaselineScores> scores = new ArrayList<>();
    for (Shift each : baselines) {
      double[] values = new double[ROWS];
      for (int i = 0; i < ROWS; i++) {
        values[i] = gaussian() + (i % 2 == 0 ? each.shift() : 0);
      }
      scores.add(new BaselineScores(each.name(), each.kind(), values));
    }
    return new FindingScores(
        new CentreModel(0).findings().getFirst(), rows, scores, Map.of(), List.of());
  }

  private double gaussian() {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
