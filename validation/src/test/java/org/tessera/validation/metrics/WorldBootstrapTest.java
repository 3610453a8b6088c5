package org.tessera.validation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorldBootstrapTest {
  private static final List<String> PATIENTS = List.of("A", "B", "C", "D");

  private static List<int[]> draws(List<Map<String, String>> looks) {
    List<int[]> draws = new ArrayList<>();
    new WorldBootstrap(PATIENTS, looks, 7, 50).forEach(each -> draws.add(each.clone()));
    return draws;
  }

  @Test
  void withoutLooksItDrawsPatients() {
    List<int[]> plain = new ArrayList<>();
    new ClusterBootstrap(PATIENTS, 7, 50).forEach(each -> plain.add(each.clone()));
    assertThat(draws(List.of())).containsExactlyElementsOf(plain);
  }

  @Test
  void aRowCountsByItsPatientTimesItsLook() {
    List<Map<String, String>> looks =
        List.of(Map.of("m", "x"), Map.of("m", "x"), Map.of("m", "y"), Map.of());
    List<int[]> plain = draws(List.of());
    List<int[]> crossed = draws(looks);
    boolean[] seen = new boolean[2];
    for (int i = 0; i < plain.size(); i++) {
      int[] weights = crossed.get(i);
      // One of two looks is drawn: the rows of the other are not there.
      boolean first = Arrays.equals(weights, keep(plain.get(i), 1, 1, 0, 1));
      boolean second = Arrays.equals(weights, keep(plain.get(i), 0, 0, 1, 1));
      assertThat(first || second).isTrue();
      seen[first ? 0 : 1] = true;
    }
    assertThat(seen).containsExactly(true, true);
  }

  private static int[] keep(int[] weights, int... kept) {
    int[] product = new int[weights.length];
    Arrays.setAll(product, row -> weights[row] * kept[row]);
    return product;
  }
}
