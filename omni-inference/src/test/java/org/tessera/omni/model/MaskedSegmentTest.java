package org.tessera.omni.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.Safetensors.Tensor;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;

class MaskedSegmentTest {
  private static final ModelConfig TINY =
      new ModelConfig(16, 2, 1, 3, 2, 8, List.of(16, 16, 16, 16), FindingCatalog.keys());

  @ParameterizedTest
  @EnumSource(names = {"IMAGE", "SLIDE", "AUDIO"})
  void whatIsShownDoesNotDependOnWhatIsHidden(Modality modality) {
    Segment segment = Segments.random(modality, 40, 1);
    MaskedSegment masked = MaskedSegment.of(segment, new Random(7));
    int hidden = 0;
    for (boolean each : masked.hidden()) {
      hidden += each ? 1 : 0;
    }
    assertThat(hidden).isBetween(masked.hidden().length / 5, masked.hidden().length * 4 / 5);
    int same = 0;
    for (int i = 0; i < segment.values().length; i++) {
      same += segment.values()[i] == masked.shown().values()[i] ? 1 : 0;
    }
    assertThat(same)
        .as("values of tokens that are not hidden")
        .isEqualTo(
            (masked.hidden().length - hidden)
                * (segment.values().length / masked.hidden().length));
    assertThat(MaskedSegment.of(segment, new Random(7)).hidden()).isEqualTo(masked.hidden());
    for (int token = 0; token < masked.hidden().length; token++) {
      double square = 0;
      for (int i = 0; i < MaskedSegment.CONTENT; i++) {
        float value = masked.content()[token * MaskedSegment.CONTENT + i];
        square += value * value / MaskedSegment.CONTENT;
      }
      assertThat(square).isLessThan(1.01);
      assertThat(square > 0).isEqualTo(masked.hidden()[token]);
    }
  }

  @Test
  void theContentOfAPatchIsItsOwnPicture() {
    float[] values = new float[SlideSegment.SIDE * SlideSegment.SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % SlideSegment.SIDE % 32 < 16 ? 0.2f : 0.8f;
    }
    Segment tile =
        new SlideSegment("t", Segments.random(Modality.SLIDE, 49, 1).tokens(), values);
    MaskedSegment masked = MaskedSegment.of(tile, new Random(3));
    int token = 0;
    while (!masked.hidden()[token]) {
      token++;
    }
    for (int i = 0; i < MaskedSegment.CONTENT; i++) {
      assertThat(masked.content()[token * MaskedSegment.CONTENT + i])
          .isCloseTo(i % 8 < 4 ? -1 : 1, org.assertj.core.data.Offset.offset(0.01f));
    }
  }

  @Test
  void notesAreNotHidden() {
    Segment note = Segments.random(Modality.NOTE, 4, 1);
    assertThatThrownBy(() -> MaskedSegment.of(note, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Stripes go on behind what hides them: a stem can learn to say so. */
  @Test
  void aStemLearnsToSayWhatIsHidden() {
    List<Segment> sounds = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      float[] values = new float[30 * AudioSegment.FRAMES_PER_TOKEN * AudioSegment.MELS];
      for (int j = 0; j < values.length; j++) {
        values[j] = (j % AudioSegment.MELS / 8 + i) % 2 == 0 ? -3 : -9;
      }
      sounds.add(
          new AudioSegment("s", Segments.random(Modality.AUDIO, 30, i).tokens(), values));
    }
    Map<String, Tensor> weights = Initialization.of(TINY, 3);
    try (StemPretrainer stem = new StemPretrainer(TINY, weights, Modality.AUDIO, 4)) {
      assertThat(stem.parameters().all().keySet())
          .allMatch(each -> each.startsWith("stem.audio.") || StemPretrainer.isDecoder(each));
      double first = stem.step(sounds, 0);
      double last = first;
      for (int step = 1; step < 200; step++) {
        descend(stem.parameters());
        last = stem.step(sounds, step);
      }
      assertThat(first).isGreaterThan(0.9);
      assertThat(last).isLessThan(0.5 * first);
    }
  }

  private static void descend(Parameters parameters) {
    try (NDManager scope = NDManager.newBaseManager()) {
      parameters
          .all()
          .forEach(
              (name, array) -> {
                if (!parameters.isBuffer(name)) {
                  array.tempAttach(scope);
                  NDArray gradient = array.getGradient();
                  gradient.attach(scope);
                  array.setRequiresGradient(false);
                  array.subi(gradient.mul(0.05f));
                  array.setRequiresGradient(true);
                }
              });
    }
  }
}
