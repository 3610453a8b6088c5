package org.tessera.validation.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Draws patients and, crossed with them, looks: wordings, machines and whatever else of which
 * another world has others. A row counts as often as its patient was drawn, times how often each of
 * its looks was (the pigeonhole bootstrap, Owen 2007). Of looks one fewer is drawn than there are,
 * so that few of them vary as much as they should (Rao and Wu 1988).
 */
final class WorldBootstrap {
  private final ClusterBootstrap patients;
  private final List<Look> looks = new ArrayList<>();
  private final long seed;

  /**
   * One kind of look.
   *
   * @param levels how many there are
   * @param ofRow the one of each row; -1 where it has none, and is drawn whatever the others are
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Look(int levels, int[] ofRow) {
    static Look of(String kind, List<Map<String, String>> rows) {
      Map<String, Integer> numbers = new HashMap<>();
      int[] ofRow = new int[rows.size()];
      Arrays.fill(ofRow, -1);
      for (int i = 0; i < ofRow.length; i++) {
        String level = rows.get(i).get(kind);
        if (level != null) {
          ofRow[i] = numbers.computeIfAbsent(level, unseen -> numbers.size());
        }
      }
      return new Look(numbers.size(), ofRow);
    }

    void multiply(int[] weights, SplittableRandom random) {
      int[] drawn = new int[levels];
      for (int i = 0; i < levels - 1; i++) {
        drawn[random.nextInt(levels)]++;
      }
      for (int row = 0; row < weights.length; row++) {
        weights[row] *= ofRow[row] < 0 ? 1 : drawn[ofRow[row]];
      }
    }
  }

  /**
   * A bootstrap.
   *
   * @param clusters patient of each row
   * @param looks of each row, by kind; kinds with a single look are not drawn
   */
  WorldBootstrap(List<String> clusters, List<Map<String, String>> looks, long seed, int draws) {
    this.patients = new ClusterBootstrap(clusters, seed, draws);
    this.seed = seed;
    TreeSet<String> kinds = new TreeSet<>();
    looks.forEach(each -> kinds.addAll(each.keySet()));
    for (String kind : kinds) {
      Look look = Look.of(kind, looks);
      if (look.levels() > 1) {
        this.looks.add(look);
      }
    }
  }

  /** True if there are looks to draw. */
  boolean hasLooks() {
    return !looks.isEmpty();
  }

  /** Shows every draw: how often each row was drawn. */
  void forEach(Consumer<int[]> draw) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    patients.forEach(
        weights -> {
          looks.forEach(look -> look.multiply(weights, random));
          draw.accept(weights);
        });
  }
}
