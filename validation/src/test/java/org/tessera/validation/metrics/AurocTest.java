package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Finding.Interval;

class AurocTest {
  @Test
  void fourRowsOfTheTextbookGiveThreeQuarters() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    boolean[] labels = {false, false, true, true};
    assertThat(Auroc.of(scores, labels)).isEqualTo(0.75);
  }

  @Test
  void tiesCountHalf() {
    assertThat(Auroc.of(new double[] {1, 1, 1, 1}, new boolean[] {true, false, true, false}))
        .isEqualTo(0.5);
    // pairs: (2,1) won, (2,2) tied, (1,1) tied, (1,2) lost
    assertThat(Auroc.of(new double[] {2, 1, 1, 2}, new boolean[] {true, true, false, false}))
        .isEqualTo(0.5);
    assertThat(Auroc.of(new double[] {3, 2, 2, 1}, new boolean[] {true, true, false, false}))
        .isEqualTo(3.5 / 4);
  }

  @Test
  void itEqualsTheCountOfAllPairsOnRandomScoresWithTies() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 50; trial++) {
      int n = 2 + random.nextInt(60);
      double[] scores = random.doubles(n).map(x -> Math.round(x * 10)).toArray();
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        labels[i] = random.nextInt(3) == 0;
      }
      double expected = countedPairs(scores, labels);
      if (Double.isNaN(expected)) {
        assertThat(Auroc.of(scores, labels)).as("trial %d", trial).isNaN();
      } else {
        assertThat(Auroc.of(scores, labels))
            .as("trial %d", trial)
            .isEqualTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void aRowThatWasDrawnTwiceCountsAsTwoRows() {
    double[] scores = {0.2, 0.9, 0.5, 0.5};
    boolean[] labels = {true, true, false, false};
    double twice = Auroc.over(scores, labels).value(new int[] {2, 1, 1, 0});
    assertThat(twice)
        .isEqualTo(
            Auroc.of(new double[] {0.2, 0.2, 0.9, 0.5}, new boolean[] {true, true, true, false}));
  }

  @Test
  void withoutBothClassesThereIsNoArea() {
    assertThat(Auroc.of(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
    assertThat(Auroc.of(new double[0], new boolean[0])).isNaN();
  }

  @Test
  void aScoreThatIsNotANumberIsRefused() {
    assertThatThrownBy(() -> Auroc.of(new double[] {Double.NaN}, new boolean[] {true}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBootstrapOverIndependentRowsAgreesWithDeLong() {
    Sample sample = Sample.normal(400, 1.0, 11);
    Auroc auroc = Auroc.over(sample.scores, sample.labels);
    Interval interval =
        new ClusterBootstrap(sample.ownCluster(), 3).interval(auroc::value).orElseThrow();
    double delong = 1.959964 * Math.sqrt(deLongVariance(sample.scores, sample.labels));
    assertThat((interval.high() - interval.low()) / 2).isEqualTo(delong, within(0.1 * delong));
    assertThat(auroc.value()).isBetween(interval.low(), interval.high());
  }

  @Test
  void rowsThatAreCopiesOfOnePatientDoNotNarrowTheInterval() {
    Sample sample = Sample.normal(80, 1.0, 5);
    List<String> patients = sample.ownCluster();
    double[] scores = repeat(sample.scores, 4);
    boolean[] labels = new boolean[scores.length];
    List<String> clustered = new ArrayList<>();
    List<String> pretended = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      labels[i] = sample.labels[i % 80];
      clustered.add(patients.get(i % 80));
      pretended.add("row" + i);
    }
    double once = width(Auroc.over(sample.scores, sample.labels), patients);
    assertThat(width(Auroc.over(scores, labels), clustered)).isEqualTo(once, within(1e-9));
    assertThat(width(Auroc.over(scores, labels), pretended)).isLessThan(0.6 * once);
  }

  @Test
  void theIntervalCoversTheTruthAboutAsOftenAsItPromises() {
    int covered = 0;
    double truth = 0.7602499; // two unit normals one apart: Phi(1 / sqrt 2)
    for (int trial = 0; trial < 200; trial++) {
      Sample sample = Sample.normal(120, 1.0, 1000 + trial);
      Auroc auroc = Auroc.over(sample.scores, sample.labels);
      Interval interval =
          new ClusterBootstrap(sample.ownCluster(), 1, 500).interval(auroc::value).orElseThrow();
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    assertThat(covered).isBetween(180, 199);
  }

  @Test
  void theDifferenceToItselfIsZeroInEveryDrawAndAPairedOneIsNarrower() {
    Sample sample = Sample.normal(200, 1.0, 21);
    SplittableRandom random = new SplittableRandom(2);
    double[] nearly =
        Arrays.stream(sample.scores).map(x -> x + 0.1 * random.nextDouble()).toArray();
    Auroc one = Auroc.over(sample.scores, sample.labels);
    Auroc two = Auroc.over(nearly, sample.labels);
    ClusterBootstrap draws = new ClusterBootstrap(sample.ownCluster(), 9);
    double[] stretched = Arrays.stream(sample.scores).map(x -> 2 * x).toArray();
    Auroc same = Auroc.over(stretched, sample.labels);
    Interval none = draws.interval(w -> one.value(w) - same.value(w)).orElseThrow();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isZero();
    Interval paired = draws.interval(w -> one.value(w) - two.value(w)).orElseThrow();
    Interval alone = draws.interval(one::value).orElseThrow();
    assertThat(paired.high() - paired.low()).isLessThan(0.3 * (alone.high() - alone.low()));
  }

  @Test
  void theSameSeedGivesTheSameIntervalAndOnePatientGivesNone() {
    Sample sample = Sample.normal(60, 0.5, 4);
    Auroc auroc = Auroc.over(sample.scores, sample.labels);
    List<String> patients = sample.ownCluster();
    Optional<Interval> first = new ClusterBootstrap(patients, 1).interval(auroc::value);
    assertThat(new ClusterBootstrap(patients, 1).interval(auroc::value)).isEqualTo(first);
    assertThat(new ClusterBootstrap(patients, 2).interval(auroc::value)).isNotEqualTo(first);
    List<String> one = patients.stream().map(each -> "same").toList();
    assertThat(new ClusterBootstrap(one, 1).interval(auroc::value)).isEmpty();
  }

  private static double width(Auroc auroc, List<String> clusters) {
    Interval interval = new ClusterBootstrap(clusters, 17).interval(auroc::value).orElseThrow();
    return interval.high() - interval.low();
  }

  private static double[] repeat(double[] values, int times) {
    double[] repeated = new double[values.length * times];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = values[i % values.length];
    }
    return repeated;
  }

  private static double countedPairs(double[] scores, boolean[] labels) {
    double won = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (labels[i] && !labels[j]) {
          pairs++;
          won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    return pairs == 0 ? Double.NaN : won / pairs;
  }

  /** DeLong, DeLong and Clarke-Pearson 1988: variance from the structural components. */
  private static double deLongVariance(double[] scores, boolean[] labels) {
    List<Double> ofPositives = new ArrayList<>();
    List<Double> ofNegatives = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double won = 0;
      int pairs = 0;
      for (int j = 0; j < scores.length; j++) {
        if (labels[i] != labels[j]) {
          pairs++;
          double ahead = labels[i] ? scores[i] - scores[j] : scores[j] - scores[i];
          won += ahead > 0 ? 1 : ahead == 0 ? 0.5 : 0;
        }
      }
      (labels[i] ? ofPositives : ofNegatives).add(won / pairs);
    }
    return variance(ofPositives) / ofPositives.size() + variance(ofNegatives) / ofNegatives.size();
  }

  private static double variance(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / (values.size() - 1);
  }
}
