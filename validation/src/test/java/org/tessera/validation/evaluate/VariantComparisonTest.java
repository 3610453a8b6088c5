package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tessera.omni.model.Architecture;

class VariantComparisonTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  @Test
  void theSameAnswersDifferByNothingAndBetterOnesByMore() {
    VariantComparison<Architecture> comparison =
        new VariantComparison<>(Architecture.DENSE);
    Random random = new Random(4);
    for (int i = 0; i < 200; i++) {
      boolean label = i % 2 == 0;
      double weak = random.nextGaussian() + (label ? 0.5 : 0);
      double strong = weak + (label ? 2 : 0);
      comparison.add(
          "finding",
          "patient" + i / 2,
          label,
          Map.of(
              Architecture.DENSE, weak, Architecture.MOE, weak, Architecture.MOE_MOT, strong));
    }
    List<VariantComparison.Row<Architecture>> rows = comparison.rows();
    assertThat(rows).hasSize(3);
    for (VariantComparison.Row<Architecture> row : rows) {
      assertThat(row.n()).isEqualTo(200);
      assertThat(row.positives()).isEqualTo(100);
      switch (row.variant()) {
        case DENSE -> assertThat(row.paired()).isEmpty();
        case MOE -> {
          assertThat(row.difference()).isZero();
          assertThat(row.paired().orElseThrow().low()).isCloseTo(0, EXACT);
          assertThat(row.paired().orElseThrow().high()).isCloseTo(0, EXACT);
        }
        case MOE_MOT -> {
          assertThat(row.difference()).isPositive();
          assertThat(row.paired().orElseThrow().low()).isPositive();
        }
        case MOT -> throw new AssertionError("Nothing was added for it.");
      }
    }
  }

  @Test
  void aFindingWithRowsOfOneKindHasNoArea() {
    VariantComparison<Architecture> comparison =
        new VariantComparison<>(Architecture.DENSE);
    comparison.add("finding", "a", true, Map.of(Architecture.DENSE, 1.0));
    comparison.add("finding", "b", true, Map.of(Architecture.DENSE, 2.0));
    assertThat(comparison.rows()).isEmpty();
  }
}
