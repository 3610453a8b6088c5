package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.FrameTimes;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;

class CineTokenizerTest {
  /** Frames of one brightness each: that of their number; it remembers what it was asked for. */
  private static final class Loop implements PixelSource {
    private final int frames;
    private final Set<Integer> damaged;
    final List<Integer> asked = new ArrayList<>();

    Loop(int frames, Integer... damaged) {
      this.frames = frames;
      this.damaged = Set.of(damaged);
    }

    static float brightness(int frame) {
      return frame % 100 / 100f;
    }

    @Override
    public int width() {
      return 64;
    }

    @Override
    public int height() {
      return 32;
    }

    @Override
    public int frames() {
      return frames;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) throws IOException {
      asked.add(region.frame());
      if (damaged.contains(region.frame())) {
        throw new IOException("This frame is damaged.");
      }
      float[] samples = new float[64 * 32];
      Arrays.fill(samples, brightness(region.frame()));
      return new PixelTile(64, 32, 1, samples);
    }
  }

  private static CineEvidence cine(PixelSource pixels, FrameTimes times) {
    EvidenceOrigin origin =
        new EvidenceOrigin(
            "I1", "loop", "application/dicom", "0".repeat(64), Optional.empty(),
            Optional.empty(), Optional.empty());
    return new CineEvidence(origin, pixels, times);
  }

  private static int frame(Token token) {
    return ((PixelRegion) token.region()).frame();
  }

  @Test
  void ofTenThousandFramesSixteenAreDecodedOnceInTheirOrder() throws IOException {
    Loop loop = new Loop(10_000);
    List<String> notices = new ArrayList<>();
    CineSegment segment = CineTokenizer.segment(cine(loop, FrameTimes.at(25)), notices::add);
    assertThat(loop.asked).hasSize(16).isSorted().doesNotHaveDuplicates();
    assertThat(loop.asked).startsWith(1).endsWith(10_000);
    assertThat(segment.tokens()).extracting(CineTokenizerTest::frame).isEqualTo(loop.asked);
    int size = CineSegment.SIDE * CineSegment.SIDE;
    for (int i = 0; i < 16; i++) {
      Token token = segment.tokens().get(i);
      int frame = frame(token);
      assertThat(token.region()).isEqualTo(new PixelRegion(frame, 0, 0, 64, 32));
      assertThat(token.position().t()).isCloseTo((frame - 1) / 25.0, within(1e-9));
      assertThat(token.position().t()).isCloseTo(399.96 * i / 15, within(0.0201));
      assertThat(segment.values()[i * size + size / 2 + 56])
          .isCloseTo(Loop.brightness(frame), within(1e-6f));
    }
    assertThat(notices)
        .containsExactly(
            "Of the 10,000 frames of I1 16 are read, the first, the last and those at even steps"
                + " of 26.66 s.");
  }

  @Test
  void framesAreEvenInTimeAndNotInNumber() {
    // 100 frames in the first second, then one every second.
    double[] seconds = new double[116];
    for (int i = 1; i < seconds.length; i++) {
      seconds[i] = seconds[i - 1] + (i < 100 ? 0.01 : 1);
    }
    int[] frames = CineTokenizer.frames(FrameTimes.of(seconds), seconds.length);
    assertThat(frames).hasSize(16).startsWith(1).endsWith(116);
    assertThat(IntStream.of(frames).filter(each -> each <= 100).count()).isEqualTo(2);
  }

  @Test
  void whereTimeStandsStillOrIsNotKnownEveryFrameIsStillADifferentOne() {
    double[] still = new double[40];
    still[39] = 1;
    for (FrameTimes times : List.of(FrameTimes.of(still), FrameTimes.UNKNOWN)) {
      int[] frames = CineTokenizer.frames(times, 40);
      assertThat(frames).hasSize(16).isSorted().doesNotHaveDuplicates().startsWith(1).endsWith(40);
    }
    assertThat(CineTokenizer.frames(FrameTimes.UNKNOWN, 31))
        .containsExactly(IntStream.range(0, 16).map(i -> 2 * i + 1).toArray());
    assertThat(CineTokenizer.frames(FrameTimes.at(1), 3)).containsExactly(1, 2, 3);
  }

  @Test
  void aDamagedFrameCostsItselfAlone() throws IOException {
    List<String> notices = new ArrayList<>();
    CineSegment segment =
        CineTokenizer.segment(cine(new Loop(5, 2, 4), FrameTimes.UNKNOWN), notices::add);
    assertThat(segment.tokens()).extracting(CineTokenizerTest::frame).containsExactly(1, 3, 5);
    assertThat(segment.tokens().getFirst().position().t()).isNaN();
    assertThat(notices)
        .containsExactly("Of I1 these frames are left out, they cannot be decoded: 2, 4.");
    assertThatThrownBy(
            () ->
                CineTokenizer.segment(cine(new Loop(2, 1, 2), FrameTimes.at(1)), notices::add))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLineOfTheSequenceSaysTheSecondsWhereTheyAreKnown() throws IOException {
    StringWriter out = new StringWriter();
    for (FrameTimes times : List.of(FrameTimes.at(4), FrameTimes.UNKNOWN)) {
      CineSegment segment = CineTokenizer.segment(cine(new Loop(3), times), notice -> {});
      SequenceWriter.write(new TokenSequence(List.of(segment), List.of()), out);
    }
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(2)).contains("\"frame\":3,").contains("\"seconds\":0.5}");
    assertThat(lines.get(5)).contains("\"frame\":3,").doesNotContain("seconds");
  }

  @Test
  void whatAModelDoesNotReadCanBeLeftAsideWithoutTouchingTheRest() throws IOException {
    CineSegment segment =
        CineTokenizer.segment(cine(new Loop(3), FrameTimes.at(4)), notice -> {});
    TokenSequence alone = new TokenSequence(List.of(segment), List.of("A notice."));
    assertThat(alone.of(Set.of(Modality.CINE))).isSameAs(alone);
    assertThat(alone.of(Set.of(Modality.IMAGE)).tokens()).isEmpty();
    assertThat(alone.blanked(Modality.CINE).segments().getFirst().values()).containsOnly(0);
  }
}
