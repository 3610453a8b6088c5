package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tessera.casemodel.PixelTile;

/** What counts as tissue on drawn overviews. */
class TissueMaskTest {
  private static final int SIDE = 200;
  private final float[] samples = new float[SIDE * SIDE * 3];
  private final Random random = new Random(3);

  private void fill(int x, int y, int width, int height, int rgb) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        for (int c = 0; c < 3; c++) {
          float noise = (random.nextFloat() - 0.5f) * 0.02f;
          samples[(row * SIDE + column) * 3 + c] = (rgb >> 16 - 8 * c & 255) / 255f + noise;
        }
      }
    }
  }

  private TissueMask mask() {
    return new TissueMask(new PixelTile(SIDE, SIDE, 3, samples));
  }

  @Test
  void stainedTissueOnGlassIsFoundWithItsSmallHolesClosedAndLargeOnesOpen() {
    fill(0, 0, SIDE, SIDE, 0xF2F0F2);
    fill(40, 40, 100, 100, 0xDDA0C4);
    fill(60, 60, 3, 4, 0xF2F0F2);
    fill(100, 100, 20, 20, 0xF2F0F2);
    fill(180, 180, 1, 1, 0xDDA0C4);
    TissueMask mask = mask();
    assertThat(mask.share(40, 40, 50, 50)).isEqualTo(1);
    assertThat(mask.share(101, 101, 18, 18)).isZero();
    assertThat(mask.isTissue(180, 180)).as("a speck").isFalse();
    assertThat(mask.share(0, 0, SIDE, SIDE)).isBetween(0.235, 0.245);
  }

  @ParameterizedTest
  @CsvSource({
    "blue ink, 1E3CA0",
    "navy ink, 14147A",
    "green ink, 1E8C3C",
    "turquoise ink, 30A0A8",
    "black ink, 141414",
    "grey dust, 9A9A9C",
    "bright red ink, D21420"
  })
  void inkAndDustAreNoTissue(String what, String rgb) {
    fill(0, 0, SIDE, SIDE, 0xF2F0F2);
    fill(20, 20, 60, 60, 0xDDA0C4);
    fill(100, 100, 60, 60, Integer.parseInt(rgb, 16));
    assertThat(mask().share(100, 100, 60, 60)).as(what).isZero();
    assertThat(mask().share(22, 22, 56, 56)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "eosin, E8B4D0",
    "haematoxylin, 6A4C9C",
    "pale stroma, EAD6E2",
    "DAB, 8A5A3C",
    "blue counterstain, A8B0D0",
    "red cells, C8505A"
  })
  void theStainsOfTheLaboratoryAreTissue(String what, String rgb) {
    fill(0, 0, SIDE, SIDE, 0xF4F3F5);
    fill(20, 20, 60, 60, Integer.parseInt(rgb, 16));
    assertThat(mask().share(22, 22, 56, 56)).as(what).isGreaterThan(0.95);
  }

  @Test
  void aTileOfNothingButTissueIsAllTissueAndGlassIsNone() {
    fill(0, 0, SIDE, SIDE, 0xDDA0C4);
    fill(0, 0, SIDE, 90, 0x8060A8);
    assertThat(mask().share(0, 0, SIDE, SIDE)).isGreaterThan(0.99);
    fill(0, 0, SIDE, SIDE, 0xF2F0F2);
    assertThat(mask().share(0, 0, SIDE, SIDE)).isZero();
    fill(0, 0, SIDE, SIDE, 0xD8D6D8);
    assertThat(mask().share(0, 0, SIDE, SIDE)).isZero();
  }
}
