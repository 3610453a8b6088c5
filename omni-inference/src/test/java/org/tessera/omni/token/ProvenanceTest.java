package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.casemodel.SlideRegion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.fixture.DrawnPixels;
import org.tessera.omni.fixture.DrawnSound;

/** A mark at a known place of the source: its tokens lead back to it, within one token. */
class ProvenanceTest {
  private static final int[][] SIZES = {
    {224, 224}, {500, 300}, {300, 500}, {100, 60}, {1500, 1201}
  };

  @ParameterizedTest
  @EnumSource
  void aMarkInAnImageIsFoundAgain(Orientation orientation) throws IOException {
    Random random = new Random(orientation.ordinal());
    for (int[] size : SIZES) {
      int mark = Math.max(4, Math.max(size[0], size[1]) / 30);
      for (int round = 0; round < 5; round++) {
        int x = random.nextInt(size[0] - mark);
        int y = random.nextInt(size[1] - mark);
        DrawnPixels dark = DrawnPixels.grey(size[0], size[1], 0.1f).paint(x, y, mark, mark, 1f);
        // MONOCHROME1: stored turned, and turned again by the source before it hands them out.
        for (PixelSource pixels : List.of(dark, dark.inverted().inverted())) {
          ImageSegment segment =
              ImageTokenizer.segment(
                  image(pixels, orientation), CaseTime.UNKNOWN, each -> {});
          PixelRegion found = (PixelRegion) segment.tokens().get(brightest(segment)).region();
          double token = Math.max(size[0], size[1]) / 14.0;
          assertThat(distance(found, x + mark / 2.0, y + mark / 2.0))
              .as("%s, mark at %d, %d of %d x %d", orientation, x, y, size[0], size[1])
              .isLessThanOrEqualTo(token / 2);
          assertThat(Math.max(found.width(), found.height())).isLessThan(token * 1.02);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theTokensOfAnImageTileItWithoutGaps(Orientation orientation) throws IOException {
    DrawnPixels pixels = DrawnPixels.grey(410, 230, 0.5f);
    ImageSegment segment =
        ImageTokenizer.segment(image(pixels, orientation), CaseTime.UNKNOWN, each -> {});
    int[] covered = new int[410 * 230];
    for (Token token : segment.tokens()) {
      PixelRegion region = (PixelRegion) token.region();
      assertThat(region.x() + region.width()).isLessThanOrEqualTo(410 + 1e-9);
      assertThat(region.y() + region.height()).isLessThanOrEqualTo(230 + 1e-9);
      for (int y = (int) region.y(); y < region.y() + region.height(); y++) {
        for (int x = (int) region.x(); x < region.x() + region.width(); x++) {
          covered[y * 410 + x] += region.contains(x + 0.5, y + 0.5) ? 1 : 0;
        }
      }
    }
    assertThat(IntStream.of(covered).min().orElse(0)).isGreaterThanOrEqualTo(1);
    // Margin patches share the border's line of pixels; nothing else is counted twice.
    long twice = IntStream.of(covered).filter(each -> each > 1).count();
    assertThat(twice).isLessThanOrEqualTo(2 * 410);
  }

  @Test
  void aPictureUprightAndTheSameStoredTurnedGiveTheSameCanvas() throws IOException {
    int width = 300;
    int height = 200;
    Random random = new Random(8);
    DrawnPixels upright = DrawnPixels.grey(width, height, 0);
    for (int i = 0; i < 60; i++) {
      upright.paint(random.nextInt(280), random.nextInt(180), 20, 20, random.nextFloat());
    }
    float[] expected = Canvas.of(upright, Orientation.UPRIGHT, 1, 224).samples();
    for (Orientation orientation : Orientation.values()) {
      DrawnPixels stored = stored(upright, orientation);
      float[] canvas = Canvas.of(stored, orientation, 1, 224).samples();
      double worst = 0;
      for (int i = 0; i < canvas.length; i++) {
        worst = Math.max(worst, Math.abs(canvas[i] - expected[i]));
      }
      assertThat(worst).as(orientation.name()).isLessThan(1e-5);
    }
  }

  /** Exif 2.32, 4.6.4: what the 0th row and column of the stored picture are of the seen one. */
  private static DrawnPixels stored(DrawnPixels upright, Orientation orientation) {
    int w = upright.width();
    int h = upright.height();
    boolean turned = orientation.ordinal() >= 4;
    DrawnPixels stored = DrawnPixels.grey(turned ? h : w, turned ? w : h, 0);
    for (int row = 0; row < stored.height(); row++) {
      for (int column = 0; column < stored.width(); column++) {
        int[] seen =
            switch (orientation.ordinal() + 1) {
              case 1 -> new int[] {column, row}; // row 0 top, column 0 left
              case 2 -> new int[] {w - 1 - column, row}; // top, right
              case 3 -> new int[] {w - 1 - column, h - 1 - row}; // bottom, right
              case 4 -> new int[] {column, h - 1 - row}; // bottom, left
              case 5 -> new int[] {row, column}; // left, top
              case 6 -> new int[] {w - 1 - row, column}; // right, top
              case 7 -> new int[] {w - 1 - row, h - 1 - column}; // right, bottom
              default -> new int[] {row, h - 1 - column}; // left, bottom
            };
        stored.paint(column, row, 1, 1, upright.samples()[seen[1] * w + seen[0]]);
      }
    }
    return stored;
  }

  @Test
  void aMarkOnASlideIsFoundAgain() throws IOException {
    // Tissue in one corner of a slide of glass, and a dark nest within it.
    DrawnPixels slide =
        new DrawnPixels(1800, 1300, 1, 3, new float[1800 * 1300 * 3])
            .paint(0, 0, 1800, 1300, 0.96f, 0.96f, 0.97f)
            .paint(1500, 900, 260, 260, 0.85f, 0.55f, 0.75f)
            .paint(1640, 1010, 20, 20, 0.3f, 0.1f, 0.4f);
    List<String> notices = new ArrayList<>();
    SlideSegment segment =
        SlideTokenizer.segment(
            new SlideEvidence(origin(), slide, OptionalDouble.empty()),
            CaseTime.UNKNOWN,
            notices::add);
    int darkest =
        IntStream.range(0, 49)
            .boxed()
            .min(Comparator.comparingDouble(i -> mean(segment.values(), 224, i, 7)))
            .orElseThrow();
    SlideRegion found = (SlideRegion) segment.tokens().get(darkest).region();
    assertThat(Math.abs(found.x() + 16 - 1650)).isLessThanOrEqualTo(32);
    assertThat(Math.abs(found.y() + 16 - 1020)).isLessThanOrEqualTo(32);
    assertThat(notices).singleElement().asString().startsWith("Of the slide I1 only the tile");
  }

  @Test
  void aWordOfANoteIsFoundAgain() {
    String text = "소견: 😀 FINDINGS: Émile has no effusion, but a pneumothorax on the left.";
    NoteSegment segment =
        NoteTokenizer.segment(new NoteEvidence(origin(), () -> text), each -> {}).orElseThrow();
    int wanted = text.codePointCount(0, text.indexOf("pneumothorax"));
    List<TextSpan> spans =
        segment.tokens().stream()
            .map(token -> (TextSpan) token.region())
            .filter(span -> span.start() >= wanted && span.end() <= wanted + 12)
            .toList();
    assertThat(spans.getFirst().start()).isEqualTo(wanted);
    assertThat(spans.getLast().end()).isEqualTo(wanted + 12);
    assertThat(cut(text, (TextSpan) segment.tokens().getFirst().region())).isEqualTo("소");
    assertThat(cut(text, (TextSpan) segment.tokens().getLast().region())).isEqualTo(".");
  }

  @Test
  void aBeepIsFoundAgain() throws IOException {
    for (double second : new double[] {0.33, 2.5, 17.2, 40.0}) {
      DrawnSound sound = DrawnSound.quiet(45).tone(second, second + 0.05, 1500, 0.4);
      AudioSegment segment =
          AudioTokenizer.segment(new AudioEvidence(origin(), sound), each -> {});
      int loudest = 0;
      for (int token = 0; token < segment.tokens().size(); token++) {
        loudest = loudness(segment, token) > loudness(segment, loudest) ? token : loudest;
      }
      TimeInterval found = (TimeInterval) segment.tokens().get(loudest).region();
      assertThat(segment.tokens()).hasSize(75);
      assertThat(found.start()).isBetween(second - 0.08, second + 0.05);
    }
  }

  private static double loudness(AudioSegment segment, int token) {
    double sum = 0;
    for (int i = token * 512; i < (token + 1) * 512; i++) {
      sum += segment.values()[i];
    }
    return sum;
  }

  private static int brightest(ImageSegment segment) {
    return IntStream.range(0, 196)
        .boxed()
        .max(Comparator.comparingDouble(i -> mean(segment.values(), 224, i, 14)))
        .orElseThrow();
  }

  private static double mean(float[] samples, int side, int token, int grid) {
    int patch = side / grid;
    double sum = 0;
    for (int y = 0; y < patch; y++) {
      for (int x = 0; x < patch; x++) {
        sum += samples[(token / grid * patch + y) * side + token % grid * patch + x];
      }
    }
    return sum;
  }

  private static double distance(PixelRegion region, double x, double y) {
    double dx = Math.max(0, Math.max(region.x() - x, x - region.x() - region.width()));
    double dy = Math.max(0, Math.max(region.y() - y, y - region.y() - region.height()));
    return Math.max(dx, dy);
  }

  private static String cut(String text, TextSpan span) {
    return text.substring(
        text.offsetByCodePoints(0, span.start()), text.offsetByCodePoints(0, span.end()));
  }

  static EvidenceOrigin origin() {
    return new EvidenceOrigin(
        "I1",
        "x",
        "x/y",
        "0".repeat(64),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static ImageEvidence image(PixelSource pixels, Orientation orientation) {
    return new ImageEvidence(
        origin(),
        pixels,
        orientation,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }
}
