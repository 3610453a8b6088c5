package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Rank correlation")
class RankCorrelationTest {
  private static final int[] ALL = {0, 1, 2, 3, 4};

  @Test
  void is_one_for_the_same_order_and_minus_one_for_the_reverse() {
    float[] up = {1, 2, 30, 40, 500};
    assertThat(RankCorrelation.of(up, new float[] {0, 1, 2, 3, 4}, ALL))
        .isCloseTo(1, within(1e-12));
    assertThat(RankCorrelation.of(up, new float[] {4, 3, 2, 1, 0}, ALL))
        .isCloseTo(-1, within(1e-12));
  }

  @Test
  void gives_ties_their_mean_rank() {
    // Known value: ranks (1.5, 1.5, 3, 4, 5) against (1, 2, 3, 5, 4).
    assertThat(
            RankCorrelation.of(new float[] {1, 1, 2, 3, 4}, new float[] {1, 2, 3, 5, 4}, ALL))
        .isCloseTo(8.5 / Math.sqrt(9.5 * 10), within(1e-12));
  }

  @Test
  void counts_a_constant_map_as_alike() {
    assertThat(RankCorrelation.of(new float[5], new float[] {1, 2, 3, 4, 5}, ALL)).isEqualTo(1);
  }
}
