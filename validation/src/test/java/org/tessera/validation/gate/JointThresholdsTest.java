package org.tessera.validation.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JointThresholdsTest {
  private static final Map<String, Double> FLOORS = Map.of("a", 0.1, "b", 0.1);

  private static List<Map<String, Double>> scores(int n) {
    Random random = new Random(5);
    List<Map<String, Double>> scores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      scores.add(Map.of("a", random.nextDouble(), "b", random.nextDouble()));
    }
    return scores;
  }

  @Test
  void togetherTheyLoseNoMoreThanIsAllowed() {
    List<Map<String, Double>> scores =
        scores(400).stream()
            .map(
                each ->
                    Map.of(
                        "a", each.getOrDefault("a", 0.0) + 1,
                        "b", each.getOrDefault("b", 0.0) + 1))
            .toList();
    Map<String, Double> chosen = JointThresholds.of(scores, FLOORS, Map.of(), 0.06);
    assertThat(JointThresholds.failing(scores, chosen)).isBetween(0.03, 0.06);
    assertThat(chosen.get("a")).isGreaterThan(1);
  }

  @Test
  void aFloorThatLosesMoreStaysTheFloor() {
    assertThat(JointThresholds.of(scores(400), FLOORS, Map.of(), 0.06)).isEqualTo(FLOORS);
  }

  @Test
  void fewTrueFindingsChangeNothing() {
    assertThat(JointThresholds.of(scores(JointThresholds.LEAST - 1), FLOORS, Map.of(), 0.06))
        .isEqualTo(FLOORS);
  }

  @Test
  void aShareOfAllIsNotCertain() {
    List<String> patients = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    GateShare all = GateShare.of(patients.stream().map(each -> true).toList(), patients);
    assertThat(all.share()).isEqualTo(1);
    assertThat(all.low()).isBetween(0.6, 0.7);
    assertThat(GateShare.of(List.of(), List.of()).text()).isEqualTo("-");
  }
}
