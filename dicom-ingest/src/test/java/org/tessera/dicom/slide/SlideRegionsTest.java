package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;

/** Regions asked for through {@code PixelSource}, against means taken pixel by pixel. */
class SlideRegionsTest {
  private static final int WIDTH = 150;
  private static final int HEIGHT = 97;
  private static final int TILE = 32;

  @TempDir Path folder;
  private Slide slide;

  private static int value(int x, int y, int channel) {
    return (x * 7 + y * 13 + channel * 50 + x * y) & 0xFF;
  }

  private static byte[] tile(int column, int row) {
    byte[] rgb = new byte[TILE * TILE * 3];
    for (int i = 0; i < rgb.length; i++) {
      int x = column * TILE + i / 3 % TILE;
      int y = row * TILE + i / 3 / TILE;
      rgb[i] = (byte) value(x, y, i % 3);
    }
    return rgb;
  }

  @BeforeEach
  void write() throws IOException, RejectedInputException {
    Path file = folder.resolve("regions.tif");
    try (TiffWriter writer = new TiffWriter(file, true, ByteOrder.LITTLE_ENDIAN)) {
      writer.image(WIDTH, HEIGHT, 3, 8, 2).tiled(TILE, TILE, SlideRegionsTest::tile);
    }
    slide = TiffSlide.open(file);
  }

  /** The mean over a rectangle, pixels on its edge by the share inside. */
  private static double mean(double left, double top, double right, double bottom, int channel) {
    double sum = 0;
    double area = 0;
    for (int y = (int) top; y < Math.min(HEIGHT, bottom); y++) {
      for (int x = (int) left; x < Math.min(WIDTH, right); x++) {
        double across = Math.min(right, x + 1) - Math.max(left, x);
        double down = Math.min(bottom, y + 1) - Math.max(top, y);
        if (across > 0 && down > 0) {
          sum += across * down * value(x, y, channel);
          area += across * down;
        }
      }
    }
    return area == 0 ? 0 : sum / area / 255;
  }

  @Test
  void everyPixelIsTheMeanOfWhatItCovers() throws IOException {
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      double x = random.nextDouble() * WIDTH;
      double y = random.nextDouble() * HEIGHT;
      double width = 1 + random.nextDouble() * 60;
      double height = 1 + random.nextDouble() * 60;
      double down = i % 3 == 0 ? 1 + random.nextInt(6) : 1 + 5 * random.nextDouble();
      PixelTile read = slide.read(new PixelRegion(1, x, y, width, height), down);
      assertThat(read.width()).isEqualTo((int) Math.ceil(width / down));
      assertThat(read.height()).isEqualTo((int) Math.ceil(height / down));
      for (int j = 0; j < read.samples().length; j++) {
        double left = x + j / 3 % read.width() * down;
        double top = y + j / 3 / read.width() * down;
        double expected =
            mean(
                left,
                top,
                Math.min(x + width, left + down),
                Math.min(y + height, top + down),
                j % 3);
        assertThat(read.samples()[j])
            .as("seed 11, region %d, sample %d", i, j)
            .isEqualTo((float) expected, within(2e-3f));
      }
    }
  }

  @Test
  void aRegionThatIsStoredAsAskedForIsGivenToTheBit() throws IOException {
    PixelTile read = slide.read(new PixelRegion(1, 29, 31, 70, 40), 1);
    for (int i = 0; i < read.samples().length; i++) {
      assertThat(read.samples()[i])
          .isEqualTo(value(29 + i / 3 % 70, 31 + i / 3 / 70, i % 3) / 255f);
    }
  }

  @Test
  void outsideOfTheSlideIsZeroAndUnusableQuestionsAreRefused() throws IOException {
    assertThat(slide.read(new PixelRegion(1, WIDTH + 10, 0, 20, 20), 1).samples())
        .containsOnly(0f);
    assertThatThrownBy(() -> slide.read(new PixelRegion(1, 0, 0, 10, 10), 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> slide.read(new PixelRegion(2, 0, 0, 10, 10), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
