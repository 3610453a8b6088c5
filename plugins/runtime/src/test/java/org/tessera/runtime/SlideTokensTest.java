package org.tessera.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RejectedInputException;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.dicom.slide.PhantomSlide;
import org.tessera.omni.token.CaseTime;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.SlideTokenizer;
import org.tessera.omni.token.TissueTiles;

/** From a slide file to tokens, and from every token back to its place on level 0. */
class SlideTokensTest {
  private static final int SIZE = 20_000;
  private static final int PART = SlideSegment.SIDE / SlideSegment.GRID;

  @TempDir Path folder;

  private SlideEvidence slide(int markColumn, int markRow)
      throws IOException, RejectedInputException {
    Path file = folder.resolve("slide-" + markColumn + ".tif");
    new PhantomSlide(SIZE, markColumn, markRow).write(file);
    return (SlideEvidence) new LabelledFiles().read(file, Modality.SLIDE).getFirst();
  }

  private static double mean(PixelTile tile) {
    return IntStream.range(0, tile.width() * tile.height())
        .mapToDouble(i -> tile.grey(i % tile.width(), i / tile.width()))
        .average()
        .orElseThrow();
  }

  private static double mean(SlideSegment segment, int token) {
    int left = token % SlideSegment.GRID * PART;
    int top = token / SlideSegment.GRID * PART;
    return IntStream.range(0, PART * PART)
        .mapToDouble(
            i -> segment.values()[(top + i / PART) * SlideSegment.SIDE + left + i % PART])
        .average()
        .orElseThrow();
  }

  @Test
  void everyTokenShowsWhatIsAtItsPlaceOnLevelZero() throws IOException, RejectedInputException {
    SlideEvidence slide = slide(-1, -1);
    List<String> notices = new ArrayList<>();
    List<SlideSegment> tiles =
        SlideTokenizer.segments(slide, CaseTime.UNKNOWN, 4, notices::add);
    assertThat(tiles).hasSize(4);
    assertThat(notices).singleElement().asString().startsWith("Of the slide I1 4 of ");
    for (SlideSegment tile : tiles) {
      for (int i = 0; i < tile.tokens().size(); i++) {
        SlideRegion region = (SlideRegion) tile.tokens().get(i).region();
        assertThat(region.width()).isEqualTo(PART, within(1e-6));
        PixelTile there =
            slide
                .pixels()
                .read(
                    new PixelRegion(1, region.x(), region.y(), region.width(), region.height()),
                    1);
        assertThat(mean(tile, i)).isEqualTo(mean(there), within(1e-4));
      }
    }
  }

  @Test
  void aMarkPaintedOnLevelZeroIsWhereTheDarkestTokenIs()
      throws IOException, RejectedInputException {
    // The tile that will be read, and a tile of the file that lies in it.
    SlideRegion first =
        (SlideRegion)
            SlideTokenizer.segments(slide(-1, -1), CaseTime.UNKNOWN, 1, each -> {})
                .getFirst()
                .tokens()
                .get(SlideSegment.GRID * SlideSegment.GRID / 2)
                .region();
    int column = (int) first.x() / PhantomSlide.TILE;
    int row = (int) first.y() / PhantomSlide.TILE;
    SlideSegment tile =
        SlideTokenizer.segments(slide(column, row), CaseTime.UNKNOWN, 1, each -> {}).getFirst();
    int darkest =
        IntStream.range(0, tile.tokens().size())
            .boxed()
            .min(Comparator.comparingDouble(i -> mean(tile, i)))
            .orElseThrow();
    SlideRegion found = (SlideRegion) tile.tokens().get(darkest).region();
    assertThat(found.x() + found.width() / 2)
        .isBetween(column * 256.0 - PART, (column + 1) * 256.0 + PART);
    assertThat(found.y() + found.height() / 2)
        .isBetween(row * 256.0 - PART, (row + 1) * 256.0 + PART);
    assertThat(mean(tile, darkest)).isLessThan(0.35);
  }

  @Test
  void allTissueTilesAreStreamedByManyThreadsAndTheMarkIsAmongThem()
      throws IOException, RejectedInputException {
    int column = 20;
    int row = 30;
    SlideEvidence slide = slide(column, row);
    TissueTiles tiles = TissueTiles.of(slide, PhantomSlide.TILE);
    var seen = new ConcurrentHashMap<SlideRegion, Double>();
    tiles.forEach(4, (region, pixels) -> seen.put(region, mean(pixels)));
    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(tiles.regions());
    PhantomSlide drawn = new PhantomSlide(SIZE, column, row);
    long expected =
        IntStream.range(0, 79 * 79).filter(i -> drawn.isTissue(i % 79, i / 79)).count();
    // The mask is made of a smaller level, on which the drawing's edge is coarser.
    assertThat((double) seen.size()).isCloseTo((double) expected, within(0.15 * expected));
    SlideRegion darkest =
        seen.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
    assertThat(darkest.x()).isEqualTo(column * 256.0);
    assertThat(darkest.y()).isEqualTo(row * 256.0);
  }
}
