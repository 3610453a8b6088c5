package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;

@DisplayName("Evidence without some of its regions")
class EvidenceRemovalTest {

  /** 200 x 100 pixels that rise evenly from left to right, with a white square in them. */
  private record Ramp() implements PixelSource {
    @Override
    public int width() {
      return 200;
    }

    @Override
    public int height() {
      return 100;
    }

    @Override
    public int frames() {
      return 2;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) {
      int columns = (int) Math.ceil(region.width() / downsample);
      int rows = (int) Math.ceil(region.height() / downsample);
      float[] samples = new float[columns * rows];
      for (int i = 0; i < samples.length; i++) {
        double x = region.x() + (i % columns + 0.5) * downsample;
        double y = region.y() + (i / columns + 0.5) * downsample;
        boolean square = x > 60 && x < 90 && y > 40 && y < 70;
        samples[i] = square ? 1 : (float) (x / 400);
      }
      return new PixelTile(columns, rows, 1, samples);
    }
  }

  @Test
  void fills_pixels_in_as_if_the_square_had_never_been_there() throws IOException {
    PixelSource filled =
        new InpaintedPixels(new Ramp(), List.of(new PixelRegion(1, 58, 38, 34, 34)));
    PixelTile tile = filled.readFrame(1);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 200; x++) {
        assertThat((double) tile.grey(x, y)).isCloseTo((x + 0.5) / 400, within(0.004));
      }
    }
    assertThat(filled.readFrame(2).grey(75, 55)).isEqualTo(1);
  }

  @Test
  void shows_the_same_at_every_resolution_and_in_every_part() throws IOException {
    PixelSource filled =
        new InpaintedPixels(new Ramp(), List.of(new PixelRegion(1, 58, 38, 34, 34)));
    PixelTile part = filled.read(new PixelRegion(1, 70, 50, 10, 10), 1);
    assertThat(part.grey(5, 5)).isEqualTo(filled.readFrame(1).grey(75, 55));
    PixelTile coarse = filled.read(new PixelRegion(1, 0, 0, 200, 100), 4);
    assertThat((double) coarse.grey(18, 13)).isCloseTo(74.0 / 400, within(0.01));
  }

  @Test
  void fills_a_hole_at_the_corner_and_a_hole_as_large_as_the_picture() throws IOException {
    PixelTile corner =
        new InpaintedPixels(new Ramp(), List.of(new PixelRegion(1, 150, 50, 50, 50))).readFrame(1);
    assertThat((double) corner.grey(199, 99)).isBetween(0.3, 0.5);
    PixelTile all =
        new InpaintedPixels(new Ramp(), List.of(new PixelRegion(1, 0, 0, 200, 100))).readFrame(1);
    for (float sample : all.samples()) {
      assertThat(sample).isZero();
    }
  }

  @Test
  void takes_words_out_and_leaves_one_space() {
    assertThat(struck("\uD83E\uDEC1 with high fever today", new TextSpan(7, 18)))
        .isEqualTo("\uD83E\uDEC1 with today");
    assertThat(struck("fever", new TextSpan(0, 5))).isEmpty();
  }

  private static String struck(String text, TextSpan span) {
    Evidence note = new Cases().note(text).patientCase().evidence().getFirst();
    return ((NoteEvidence) EvidenceRemoval.without(note, List.of(span))).text().text();
  }

  @Test
  void silences_seconds_without_touching_the_others() throws IOException {
    AudioSource loud =
        new AudioSource() {
          @Override
          public double duration() {
            return 2;
          }

          @Override
          public float[] read(TimeInterval interval) {
            float[] samples = new float[(int) ((interval.end() - interval.start()) * SAMPLE_RATE)];
            Arrays.fill(samples, 0.5f);
            return samples;
          }
        };
    float[] samples =
        new MutedSound(loud, List.of(new TimeInterval(0.5, 1))).read(new TimeInterval(0.25, 2));
    assertThat(samples[3_999]).isEqualTo(0.5f);
    assertThat(samples[4_000 + 80]).isZero();
    assertThat(samples[8_000]).isZero();
    assertThat(samples[12_000]).isEqualTo(0.5f);
  }

  @Test
  void drops_a_statement_from_the_record() {
    RecordFact fact = Cases.condition("Asthma", RecordFact.Assertion.PRESENT);
    Evidence kept = new Cases().record(fact).patientCase().evidence().getFirst();
    assertThat(((RecordEvidence) EvidenceRemoval.without(kept, List.of(fact.entry()))).facts())
        .isEmpty();
  }
}
