package org.tessera.validation.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

class MaskedPixelsTest {
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;

  @Test
  void twelveInAHundredOfEachSideAreBlankedAndNothingElse() throws IOException {
    PixelTile tile = new MaskedPixels(new Gradient(), false).readFrame(1);
    PixelTile original = new Gradient().readFrame(1);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean border = x < 24 || x >= 176 || y < 12 || y >= 88;
        assertThat(tile.grey(x, y))
            .as("%d, %d", x, y)
            .isEqualTo(border ? 0.5f : original.grey(x, y));
      }
    }
  }

  @Test
  void theTwoMaskingsKeepEachPixelExactlyOnce() throws IOException {
    PixelTile outer = new MaskedPixels(new Gradient(), true).readFrame(1);
    PixelTile inner = new MaskedPixels(new Gradient(), false).readFrame(1);
    PixelTile original = new Gradient().readFrame(1);
    for (int i = 0; i < original.samples().length; i++) {
      float sum = outer.samples()[i] + inner.samples()[i];
      assertThat(sum).isEqualTo(0.5f + original.samples()[i]);
    }
  }

  @Test
  void aRegionThatIsReadDownsampledIsMaskedAtTheSamePlace() throws IOException {
    PixelTile tile =
        new MaskedPixels(new Gradient(), false).read(new PixelRegion(1, 100, 0, 100, 100), 4);
    assertThat(tile.grey(0, 12)).isNotEqualTo(0.5f);
    assertThat(tile.grey(18, 12)).as("centre at column 174").isNotEqualTo(0.5f);
    assertThat(tile.grey(19, 12)).as("centre at column 178").isEqualTo(0.5f);
    assertThat(tile.grey(0, 2)).as("centre at row 10").isEqualTo(0.5f);
  }

  /** Grey rises from left to right and from top to bottom, and is never 0.5. */
  private static final class Gradient implements PixelSource {
    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public int height() {
      return HEIGHT;
    }

    @Override
    public int frames() {
      return 1;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) {
      int width = (int) Math.ceil(region.width() / downsample);
      int height = (int) Math.ceil(region.height() / downsample);
      float[] samples = new float[width * height];
      for (int i = 0; i < samples.length; i++) {
        double x = region.x() + (i % width + 0.5) * downsample;
        double y = region.y() + (i / width + 0.5) * downsample;
        samples[i] = (float) ((x + y * WIDTH) / (WIDTH * HEIGHT) * 0.45);
      }
      return new PixelTile(width, height, 1, samples);
    }
  }
}
