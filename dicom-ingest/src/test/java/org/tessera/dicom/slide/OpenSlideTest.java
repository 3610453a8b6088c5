package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.TestData;
import org.tessera.dicom.slide.OpenSlidePeer.Region;

/** The shared slides, equal to OpenSlide to the bit. */
class OpenSlideTest {

  @Test
  @Tag("interop")
  void anAperioSlideIsReadAsOpenSlideReadsIt(@TempDir Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    assertEqual(
        TestData.slides().resolve("cmu-1-small-region.svs"),
        List.of(
            new Region(0, 0, 0, 500, 400),
            new Region(0, 1111, 1003, 333, 777),
            new Region(0, 2100, 2800, 120, 167)),
        scratch);
  }

  @Test
  @Tag("interop")
  void aTinyAperioSlideIsReadAsOpenSlideReadsIt(@TempDir Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    assertEqual(
        TestData.slides().resolve("small.svs"), List.of(new Region(0, 0, 0, 16, 16)), scratch);
  }

  @Test
  @Tag("interop")
  void aDeflatedPyramidIsReadAsOpenSlideReadsItOnEveryLevel(@TempDir Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    assertEqual(
        TestData.slides().resolve("boxes.tiff"),
        List.of(
            new Region(0, 0, 0, 300, 250),
            new Region(0, 61, 59, 140, 130),
            new Region(1, 0, 0, 150, 125),
            new Region(1, 40, 60, 70, 80)),
        scratch);
  }

  /** OpenSlide 3.4.1 moves levels that are less high than one tile down, and shows free memory. */
  @Test
  @Tag("interop")
  void levelsLessHighThanATileAreReadAsPillowReadsThem(@TempDir Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    Path file = TestData.slides().resolve("boxes.tiff");
    Slide slide = TiffSlide.open(file);
    assertThat(slide.levels()).isEqualTo(4);
    for (int level = 0; level < 4; level++) {
      byte[] ours = slide.readLevel(level, 0, 0, slide.width(level), slide.height(level));
      assertThat(ours).isEqualTo(OpenSlidePeer.page(file, level, scratch));
    }
  }

  @ParameterizedTest
  @Tag("interop")
  @ValueSource(ints = {33_003, 33_005})
  void aperiosJpeg2000IsReadAsOpenSlideReadsIt(int compression, @TempDir Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    byte[] samples = new byte[128 * 96 * 3];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / 3;
      samples[i] = (byte) (60 + pixel % 128 / 2 + pixel / 128 + i % 3 * 30 + pixel * 7 % 13);
    }
    byte[] code = OpenSlidePeer.wavelet(samples, 128, 96, compression == 33_005, scratch);
    Path file = scratch.resolve("wavelet.svs");
    try (TiffWriter writer = new TiffWriter(file, false, ByteOrder.LITTLE_ENDIAN)) {
      writer
          .image(250, 190, 3, 8, compression == 33_005 ? 2 : TiffFormat.YCBCR)
          .shorts(TiffDirectory.COMPRESSION, compression)
          .text(TiffDirectory.DESCRIPTION, "Aperio Image Library\r\n250x190|AppMag = 20|MPP = 0.5")
          .tiled(128, 96, (column, row) -> code);
    }
    List<Region> regions = List.of(new Region(0, 0, 0, 250, 190), new Region(0, 70, 50, 100, 90));
    assertWithin(compression == 33_005 ? 0 : 1, file, regions, scratch);
  }

  static void assertEqual(Path file, List<Region> regions, Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    assertWithin(0, file, regions, scratch);
  }

  private static void assertWithin(int levels, Path file, List<Region> regions, Path scratch)
      throws IOException, InterruptedException, RejectedInputException {
    Slide slide = TiffSlide.open(file);
    List<byte[]> theirs = OpenSlidePeer.read(file, regions, scratch);
    for (int i = 0; i < regions.size(); i++) {
      Region region = regions.get(i);
      double down = slide.downsample(region.level());
      byte[] ours =
          slide.readLevel(
              region.level(),
              (int) Math.round(region.x() / down),
              (int) Math.round(region.y() / down),
              region.width(),
              region.height());
      assertThat(difference(ours, theirs.get(i))).as(region.toString()).isLessThanOrEqualTo(levels);
    }
  }

  static int difference(byte[] ours, byte[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    int most = 0;
    for (int i = 0; i < ours.length; i++) {
      most = Math.max(most, Math.abs((ours[i] & 0xFF) - (theirs[i] & 0xFF)));
    }
    return most;
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken.svs", "unopenable.tiff", "unreadable.svs"})
  void whatOpenSlideCannotReadIsRefusedWithOneSentence(String name) {
    Path file = TestData.slides().resolve(name);
    assertThatThrownBy(() -> TiffSlide.open(file))
        .isInstanceOf(RejectedInputException.class)
        .message()
        .matches(TestData::isOneSentence);
  }
}
