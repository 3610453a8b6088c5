package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;

@DisplayName("Shapley values of modalities")
class ModalityShapleyTest {
  private static final List<Modality> ALL = List.of(Modality.values());

  @Test
  void add_up_to_the_whole_case() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int k = random.nextInt(7);
      double[] coalitions = random.doubles(1 << k, -8, 8).toArray();
      ModalityShapley shapley = ModalityShapley.of(ALL.subList(0, k), coalitions);
      assertThat(shapley.logit()).as("seed %d", seed).isCloseTo(
          coalitions[coalitions.length - 1], within(1e-9));
      assertThat(shapley.probability())
          .as("seed %d", seed)
          .isCloseTo(1 / (1 + Math.exp(-coalitions[coalitions.length - 1])), within(1e-9));
    }
  }

  @Test
  void are_equal_for_modalities_that_do_the_same() {
    for (long seed = 0; seed < 100; seed++) {
      double[] bySize = new SplittableRandom(seed).doubles(6, -5, 5).toArray();
      double[] coalitions = new double[1 << 5];
      for (int mask = 0; mask < coalitions.length; mask++) {
        coalitions[mask] = bySize[Integer.bitCount(mask)];
      }
      ModalityShapley shapley = ModalityShapley.of(ALL.subList(0, 5), coalitions);
      assertThat(shapley.contributions().values())
          .as("seed %d", seed)
          .allSatisfy(v -> assertThat(v).isCloseTo((bySize[5] - bySize[0]) / 5, within(1e-9)));
    }
  }

  @Test
  void follow_the_modality_and_not_its_place_in_the_list() {
    for (long seed = 0; seed < 100; seed++) {
      double[] v = new SplittableRandom(seed).doubles(4, -5, 5).toArray();
      ModalityShapley there = ModalityShapley.of(List.of(Modality.IMAGE, Modality.NOTE), v);
      ModalityShapley back =
          ModalityShapley.of(
              List.of(Modality.NOTE, Modality.IMAGE), new double[] {v[0], v[2], v[1], v[3]});
      assertThat(there.contribution(Modality.IMAGE))
          .as("seed %d", seed)
          .isCloseTo(back.contribution(Modality.IMAGE), within(1e-12));
    }
  }

  @Test
  void are_zero_for_a_modality_that_changes_nothing() {
    double[] coalitions = {1, 1, 4, 4, 2, 2, 7, 7};
    ModalityShapley shapley =
        ModalityShapley.of(List.of(Modality.AUDIO, Modality.IMAGE, Modality.NOTE), coalitions);
    assertThat(shapley.contribution(Modality.AUDIO)).isZero();
    assertThat(shapley.contribution(Modality.IMAGE)).isCloseTo(4, within(1e-12));
    assertThat(shapley.contribution(Modality.NOTE)).isCloseTo(2, within(1e-12));
  }

  @Test
  void refuse_coalitions_that_do_not_fit() {
    assertThatThrownBy(() -> ModalityShapley.of(List.of(Modality.IMAGE), new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
