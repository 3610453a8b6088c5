package org.tessera.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.RecordFact.Assertion;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Token;

@DisplayName("Highlighted regions")
class SpotFinderTest {
  private static EncodedCase encoded(Cases cases) {
    return new TestModel().encode(cases.sequence());
  }

  private static SpotFinder finder(EncodedCase encoded, float[] relevance) {
    return new SpotFinder(encoded, new NoteWords(new Cases().patientCase()), relevance);
  }

  private static List<Spot> spots(EncodedCase encoded, Modality modality, int... relevant) {
    float[] relevance = new float[encoded.tokens().size()];
    for (int index : relevant) {
      relevance[index] = 1;
    }
    return finder(encoded, relevance).spots(modality);
  }

  @Test
  void join_touching_patches_into_one_box_of_source_pixels() {
    EncodedCase image = encoded(new Cases().plainImage());
    List<Spot> spots = spots(image, Modality.IMAGE, 15, 16, 30, 100);
    assertThat(spots)
        .extracting(Spot::region)
        .containsExactly(
            new PixelRegion(1, 32, 32, 64, 64), new PixelRegion(1, 64, 224, 32, 32));
    assertThat(spots.getFirst().tokens().stream()).containsExactly(15, 16, 29, 30);
  }

  @Test
  void keep_two_images_apart() {
    EncodedCase images = encoded(new Cases().plainImage().plainImage());
    assertThat(spots(images, Modality.IMAGE, 5, 196 + 5))
        .extracting(Spot::evidence)
        .containsExactlyInAnyOrder("I1", "I2");
  }

  @Test
  void join_words_across_a_gap_of_one() {
    EncodedCase note = encoded(new Cases().note("one two three four five six seven eight nine"));
    assertThat(spots(note, Modality.NOTE, 1, 3, 8))
        .extracting(Spot::region)
        .containsExactly(new TextSpan(4, 18));
  }

  @Test
  void never_cut_a_word_and_leave_its_comma_out() {
    Cases cases = new Cases().note("a pneumonia, not seen before in this or any other child");
    String id = cases.patientCase().evidence().getFirst().id();
    List<Token> pieces =
        IntStream.of(0, 2, 5, 8, 11, 13, 17, 22, 29, 32, 37, 40, 44)
            .mapToObj(start -> new TextSpan(start, start + (start == 0 || start == 11 ? 1 : 3)))
            .map(span -> new Token(Modality.NOTE, id, span, Position.ORIGIN))
            .toList();
    float[] relevance = new float[pieces.size()];
    relevance[2] = 1;
    List<Spot> spots =
        new SpotFinder(
                new EncodedCase(pieces, relevance, 1),
                new NoteWords(cases.patientCase()),
                relevance)
            .spots(Modality.NOTE);
    assertThat(spots).extracting(Spot::region).containsExactly(new TextSpan(2, 11));
  }

  @Test
  void join_neighbouring_seconds() {
    EncodedCase audio = encoded(new Cases().audio(0, 20));
    assertThat(spots(audio, Modality.AUDIO, 10, 11, 12).getFirst().region())
        .isEqualTo(new TimeInterval(0.8, 1.04));
  }

  @Test
  void name_the_entries_of_a_record() {
    EncodedCase kept =
        encoded(
            new Cases()
                .record(
                    Cases.condition("Asthma", Assertion.PRESENT),
                    Cases.condition("Gout", Assertion.PRESENT),
                    Cases.condition("Fall", Assertion.PRESENT)));
    assertThat(spots(kept, Modality.RECORD, 1)).hasSize(1);
  }

  @Test
  void never_cover_more_than_a_third() {
    EncodedCase image = encoded(new Cases().plainImage());
    float[] ramp = new float[196];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = 100 + i;
    }
    int covered =
        finder(image, ramp)
            .spots(Modality.IMAGE).stream().mapToInt(spot -> spot.tokens().cardinality()).sum();
    assertThat(covered).isBetween(1, 196 / 3);
  }

  @Test
  void are_none_without_relevance() {
    EncodedCase image = encoded(new Cases().plainImage());
    assertThat(spots(image, Modality.IMAGE)).isEmpty();
    float[] broken = new float[196];
    Arrays.fill(broken, Float.NaN);
    assertThat(finder(image, broken).spots(Modality.IMAGE)).isEmpty();
  }
}
