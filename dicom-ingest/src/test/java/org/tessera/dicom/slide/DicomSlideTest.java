package org.tessera.dicom.slide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.dicom.Attributes;
import org.tessera.dicom.ParseLimits;
import org.tessera.dicom.Tag;
import org.tessera.dicom.TestData;
import org.tessera.dicom.VR;
import org.tessera.dicom.slide.SlideFolder.Placed;

/** DICOM whole slides written here, whose every pixel is known. */
class DicomSlideTest {
  @TempDir Path folder;

  private static void assertPixels(Slide slide, int level, int seed) throws IOException {
    byte[] read = slide.readLevel(level, 0, 0, slide.width(level), slide.height(level));
    int at = 0;
    for (int y = 0; y < slide.height(level); y++) {
      for (int x = 0; x < slide.width(level); x++) {
        for (int c = 0; c < 3; c++) {
          assertThat(read[at++] & 0xFF)
              .as("%d, %d", x, y)
              .isEqualTo(SlideFolder.value(seed, x, y, c));
        }
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private Path pyramid() throws IOException {
    SlideFolder slides = new SlideFolder(folder);
    Attributes small = SlideFolder.level(21, 13, "VOLUME");
    SlideFolder.tiles(small, SlideFolder.all(2, 21, 13));
    slides.write("a-small.dcm", small);
    for (String flavour : new String[] {"LABEL", "OVERVIEW"}) {
      Attributes picture = SlideFolder.level(10, 7, flavour);
      SlideFolder.tiles(picture, SlideFolder.all(9, 10, 7));
      slides.write(flavour + ".dcm", picture);
    }
    Attributes large = SlideFolder.level(42, 27, "VOLUME");
    SlideFolder.tiles(large, SlideFolder.all(1, 42, 27));
    return slides.write("large.dcm", large);
  }

  @Test
  void theFilesOfASeriesAreTheLevelsOfOneSlideWithoutItsLabelAndOverview()
      throws IOException, RejectedInputException {
    Path large = pyramid();
    Slide slide = SlideFolder.open(large);
    assertThat(slide.levels()).isEqualTo(2);
    assertThat(slide.micronsPerPixel().orElseThrow()).isCloseTo(0.5, within(1e-9));
    assertPixels(slide, 0, 1);
    assertPixels(slide, 1, 2);
    assertThat(SlideSeries.partOf(files(), ParseLimits.standard()))
        .isEqualTo(Map.of(folder.resolve("a-small.dcm"), large));
  }

  @Test
  void theLevelThatADownsampleNeedsIsTheOneThatIsRead()
      throws IOException, RejectedInputException {
    Slide slide = SlideFolder.open(pyramid());
    assertThat(slide.bestLevel(1)).isZero();
    assertThat(slide.bestLevel(1.9)).isZero();
    assertThat(slide.bestLevel(2)).isEqualTo(1);
    PixelTile tile = slide.read(new PixelRegion(1, 0, 0, 42, 27), 2);
    assertThat(tile.width()).isEqualTo(21);
    assertThat(tile.samples()[0]).isEqualTo(SlideFolder.value(2, 0, 0, 0) / 255f, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LABEL.dcm", "OVERVIEW.dcm"})
  void aLabelOrOverviewIsRefusedAsASlide(String name) throws IOException {
    pyramid();
    assertThatThrownBy(() -> SlideFolder.open(folder.resolve(name)))
        .isInstanceOf(RejectedInputException.class)
        .hasMessageContaining("may carry names");
  }

  @Test
  void anImageThatShowsTheLabelOfTheSlideIsRefusedWhateverItsType() throws IOException {
    Attributes image = SlideFolder.level(8, 8, "VOLUME");
    image.setString(Tag.SpecimenLabelInImage, VR.CS, "YES");
    SlideFolder.tiles(image, new Placed(1, 0, 0));
    Path file = new SlideFolder(folder).write("label.dcm", image);
    assertThatThrownBy(() -> SlideFolder.open(file)).hasMessageContaining("may carry names");
  }

  @Test
  void theFilesOfAConcatenationAreOneLevel() throws IOException, RejectedInputException {
    Placed[] all = SlideFolder.all(1, 40, 24);
    int[] cuts = {0, 4, 5, 15};
    SlideFolder slides = new SlideFolder(folder);
    for (int i = 2; i >= 0; i--) {
      Attributes part = SlideFolder.level(40, 24, "VOLUME");
      part.setString(Tag.SOPInstanceUID, VR.UI, "2.25.55" + i);
      part.setString(Tag.ConcatenationUID, VR.UI, "2.25.99");
      part.setInteger(Tag.ConcatenationFrameOffsetNumber, VR.UL, cuts[i]);
      SlideFolder.tiles(part, Arrays.copyOfRange(all, cuts[i], cuts[i + 1]));
      slides.write("part" + i + ".dcm", part);
    }
    assertPixels(SlideFolder.open(folder.resolve("part0.dcm")), 0, 1);
    assertPixels(SlideFolder.open(folder.resolve("part2.dcm")), 0, 1);
    assertThat(SlideSeries.partOf(files(), ParseLimits.standard()).keySet())
        .containsExactlyInAnyOrder(folder.resolve("part1.dcm"), folder.resolve("part2.dcm"));
    Files.delete(folder.resolve("part1.dcm"));
    assertThatThrownBy(() -> SlideFolder.open(folder.resolve("part0.dcm")))
        .isInstanceOf(RejectedInputException.class)
        .hasMessage("Of the slide's 15 tiles only 14 are here; the other files are missing.");
  }

  @Test
  void placesWithoutATileAreBackgroundAndTheMiddleFocalPlaneIsShown()
      throws IOException, RejectedInputException {
    Placed[] tiles = {
      new Placed(5, 1, 1), new Placed(1, 1, 1), new Placed(6, 1, 1), new Placed(1, 2, 0)
    };
    Attributes image = SlideFolder.level(24, 16, "VOLUME");
    SlideFolder.tiles(image, tiles);
    SlideFolder.positions(
        image,
        new String[] {"a", "a", "a", "a"},
        new double[] {-2, 0, 2, 0},
        tiles);
    Slide slide = SlideFolder.open(new SlideFolder(folder).write("sparse.dcm", image));
    byte[] read = slide.readLevel(0, 0, 0, 24, 16);
    assertThat(read[0]).isEqualTo((byte) 255);
    assertThat(read[(9 * 24 + 9) * 3] & 0xFF).isEqualTo(SlideFolder.value(1, 9, 9, 0));
    assertThat(read[(3 * 24 + 20) * 3 + 1] & 0xFF).isEqualTo(SlideFolder.value(1, 20, 3, 1));
    assertThat(slide.read(new PixelRegion(1, 0, 0, 8, 8), 4).samples()).containsOnly(1f);
  }

  @Test
  void opticalPathsAreFrames() throws IOException, RejectedInputException {
    Placed[] tiles = {new Placed(1, 0, 0), new Placed(2, 0, 0)};
    Attributes full = SlideFolder.level(8, 8, "VOLUME");
    full.setInteger(Tag.NumberOfOpticalPaths, VR.UL, 2);
    SlideFolder.tiles(full, tiles);
    Attributes sparse = SlideFolder.level(8, 8, "VOLUME");
    SlideFolder.tiles(sparse, tiles);
    SlideFolder.positions(sparse, new String[] {"r", "g"}, new double[] {0, 0}, tiles);
    SlideFolder slides = new SlideFolder(folder);
    for (Path file : List.of(slides.write("f.dcm", full), slides.write("s.dcm", sparse))) {
      Slide slide = SlideFolder.open(file);
      assertThat(slide.frames()).isEqualTo(2);
      for (int frame = 1; frame <= 2; frame++) {
        assertThat(slide.readFrame(frame).samples()[4])
            .isEqualTo(SlideFolder.value(frame, 1, 0, 1) / 255f, within(1e-6f));
      }
    }
  }

  @Test
  void aTileCountThatDoesNotFitIsRefused() throws IOException {
    Attributes image = SlideFolder.level(800_000, 800_000, "VOLUME");
    SlideFolder.tiles(image, SlideFolder.all(1, 16, 16));
    Path file = new SlideFolder(folder).write("lie.dcm", image);
    assertThatThrownBy(() -> SlideFolder.open(file))
        .isInstanceOf(RejectedInputException.class)
        .message()
        .matches(TestData::isOneSentence);
  }
}
