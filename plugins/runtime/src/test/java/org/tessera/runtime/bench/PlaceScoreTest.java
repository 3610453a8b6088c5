package org.tessera.runtime.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Highlight;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Token;
import org.tessera.runtime.bench.PlaceScore.Score;
import org.tessera.runtime.bench.RegionRaster.Box;

@DisplayName("A map held against known places")
class PlaceScoreTest {

  /** 4 x 4 patches of 64 pixels. */
  private static List<Token> patches() {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      PixelRegion region = new PixelRegion(1, 64 * (i % 4), 64 * (i / 4), 64, 64);
      tokens.add(new Token(Modality.IMAGE, "I1", region, new Position(0, i / 4, i % 4)));
    }
    return tokens;
  }

  private static float[] peak(int token) {
    float[] map = new float[16];
    map[token] = 1;
    return map;
  }

  @Test
  void hits_where_the_strongest_token_lies_in_a_known_place() {
    PlaceScore known = new PlaceScore(patches(), "I1", List.of(new Box(64, 64, 64, 64)));
    Highlight exact = new Highlight("I1", new PixelRegion(1, 64, 64, 64, 64), 1);
    Highlight half = new Highlight("I1", new PixelRegion(1, 64, 64, 128, 64), 1);
    assertThat(known.of(peak(5), List.of(exact), "I1")).isEqualTo(new Score(1, 1));
    assertThat(known.of(peak(6), List.of(half), "I1").hit()).isZero();
    assertThat(known.of(peak(6), List.of(half), "I1").overlap()).isCloseTo(0.5, within(1e-9));
    assertThat(known.of(new float[16], List.of(), "I1")).isEqualTo(new Score(0, 0));
  }

  @Test
  void knows_what_the_middle_and_chance_would_reach() {
    PlaceScore middle = new PlaceScore(patches(), "I1", List.of(new Box(96, 96, 64, 64)));
    assertThat(middle.centre()).isEqualTo(new Score(1, 1));
    PlaceScore corner = new PlaceScore(patches(), "I1", List.of(new Box(0, 0, 64, 64)));
    assertThat(corner.centre()).isEqualTo(new Score(0, 0));
    assertThat(corner.random(1).hit()).isCloseTo(1 / 16.0, within(1e-9));
    assertThat(corner.random(1).overlap()).isLessThan(0.3);
  }

  @Test
  void makes_a_map_that_knows() {
    float[] map = new float[16];
    new PlaceScore(patches(), "I1", List.of(new Box(64, 64, 96, 64))).truth(map);
    assertThat(map[5]).isEqualTo(1);
    assertThat(map[6]).isEqualTo(0.5f);
    assertThat(map[7]).isZero();
  }

  @Test
  void counts_seconds_as_it_counts_pixels() {
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TimeInterval each = new TimeInterval(i, i + 1);
      tokens.add(new Token(Modality.AUDIO, "I2", each, new Position(i, 0, 0)));
    }
    PlaceScore known = new PlaceScore(tokens, "I2", List.of(new Box(2, 0, 2, 1)));
    Highlight shown = new Highlight("I2", new TimeInterval(3, 5), 1);
    float[] map = new float[10];
    map[3] = 1;
    Score score = known.of(map, List.of(shown), "I2");
    assertThat(score.hit()).isEqualTo(1);
    assertThat(score.overlap()).isCloseTo(1 / 3.0, within(0.01));
  }
}
