package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.slide.OpenSlidePeer.Region;

/** A drawn slide of 100,000 by 100,000 pixels. */
class LargeSlideTest {

  @Test
  void aSlideOfTenGigapixelsIsOpenedAndLookedAtAsAWholeInAMoment(@TempDir Path folder)
      throws IOException, RejectedInputException {
    Path file = folder.resolve("large.tif");
    PhantomSlide phantom = new PhantomSlide(100_000, 200, 100);
    phantom.write(file);
    assertThat(Files.size(file)).isLessThan(16L << 20);
    Slide slide = TiffSlide.open(file);
    assertThat(slide.width()).isEqualTo(100_000);
    assertThat(slide.levels()).isEqualTo(4);
    assertThat(slide.micronsPerPixel()).hasValue(0.5);
    PixelTile whole = slide.read(new PixelRegion(1, 0, 0, 100_000, 100_000), 200);
    assertThat(whole.width()).isEqualTo(500);
    // Green: tissue takes it away, glass does not.
    assertThat(whole.samples()[(250 * 500 + 100) * 3 + 1]).isLessThan(0.8f);
    assertThat(whole.samples()[1]).isGreaterThan(0.9f);
    byte[] mark = slide.readLevel(0, 200 * 256, 100 * 256, 1, 1);
    assertThat(mark[1] & 0xFF).isLessThan(60);
  }

  @Test
  @Tag("interop")
  void allItsLevelsAreReadAsOpenSlideReadsThem(@TempDir Path folder)
      throws IOException, InterruptedException, RejectedInputException {
    Path file = folder.resolve("large.tif");
    new PhantomSlide(100_000, 200, 100).write(file);
    List<Region> regions = new ArrayList<>();
    for (int level = 0, down = 1; level < 3; level++, down *= 4) {
      regions.add(new Region(level, 30_016, 48_000, 300, 280));
      regions.add(new Region(level, (100_000 / down - 200) * down, 49_984, 200, 150));
      regions.add(new Region(level, 50_048, 50_048, 257, 511));
    }
    // The last level is 64.02 times smaller: only at its corner do pixels fall on pixels.
    regions.add(new Region(3, 0, 0, 1000, 900));
    OpenSlideTest.assertEqual(file, regions, folder);
  }
}
