package org.tessera.omni.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Coding;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.FrameTimes;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.SlideEvidence;
import org.tessera.omni.fixture.DrawnPixels;
import org.tessera.omni.fixture.DrawnSound;

class SequenceBuilderTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  @Test
  void aCaseOfEverythingBecomesOneSequenceInTheFixedOrder() {
    TokenSequence sequence =
        SequenceBuilder.build(
            patient(
                new AudioEvidence(origin("I1"), DrawnSound.quiet(1)),
                image("I2", Optional.empty(), Optional.empty()),
                note("I3"),
                new SlideEvidence(origin("I4"), rgb(224), OptionalDouble.empty()),
                new RecordEvidence(origin("I5"), List.of(fact(1)))));
    assertThat(sequence.segments())
        .extracting(Segment::modality)
        .containsExactly(
            Modality.RECORD, Modality.NOTE, Modality.IMAGE, Modality.SLIDE, Modality.AUDIO);
    assertThat(sequence.tokens()).hasSize(1 + 3 + 196 + 49 + 13);
    assertThat(sequence.notices()).isEmpty();
  }

  @Test
  void whatExceedsTheBudgetIsSaid() {
    List<Evidence> all = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      all.add(image("I" + i, Optional.empty(), Optional.empty()));
    }
    for (int i = 7; i <= 11; i++) {
      all.add(new CineEvidence(origin("I" + i), DrawnPixels.grey(8, 8, 0), FrameTimes.at(25)));
    }
    TokenSequence sequence = SequenceBuilder.build(patient(all.toArray(Evidence[]::new)));
    assertThat(sequence.segments()).hasSize(4 + 4);
    assertThat(sequence.notices())
        .containsExactlyInAnyOrder(
            "Of the 6 inputs of kind image only the first 4 are read; left out: I5, I6.",
            "Of the 5 inputs of kind cine only the first 4 are read; left out: I11.");
  }

  @Test
  void ofAVolumeTheMiddleIsRead() {
    List<Evidence> slices = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      slices.add(image("I" + i, Optional.of("CT"), Optional.of("series 1")));
    }
    TokenSequence sequence = SequenceBuilder.build(patient(slices.toArray(Evidence[]::new)));
    assertThat(sequence.segments()).extracting(Segment::evidence).containsExactly("I5");
    assertThat(sequence.notices())
        .containsExactly("Of the 9 slices from I1 to I9 only the middle one (I5) is read.");
  }

  @Test
  void theMiddleOfAVolumeIsThatInSpaceAndNotThatReceived() {
    double[] millimetres = {40, 10, 50, 20, 30};
    List<Evidence> slices = new ArrayList<>();
    for (int i = 0; i < millimetres.length; i++) {
      ImageEvidence slice = image("I" + i, Optional.of("MR"), Optional.of("series 1"));
      slices.add(
          new ImageEvidence(
              slice.origin(),
              slice.pixels(),
              slice.orientation(),
              slice.acquisition(),
              slice.bodyPart(),
              slice.view(),
              slice.pixelSpacing(),
              slice.study(),
              OptionalDouble.of(millimetres[i])));
    }
    TokenSequence sequence = SequenceBuilder.build(patient(slices.toArray(Evidence[]::new)));
    assertThat(sequence.segments()).extracting(Segment::evidence).containsExactly("I4");
  }

  @Test
  void ofSeveralFramesTheMiddleIsRead() {
    DrawnPixels frames = new DrawnPixels(4, 4, 5, 1, new float[80]);
    TokenSequence sequence =
        SequenceBuilder.build(patient(image("I1", frames, Optional.empty(), Optional.empty())));
    PixelRegion region = (PixelRegion) sequence.tokens().getFirst().region();
    assertThat(region.frame()).isEqualTo(3);
    assertThat(sequence.notices())
        .containsExactly("Of the 5 frames of I1 only the middle one (3) is read.");
  }

  @Test
  void anInputThatCannotBeDecodedIsLeftOutAndTheRestGoesOn() {
    PixelSource broken = new BrokenPixels();
    TokenSequence sequence =
        SequenceBuilder.build(
            patient(image("I1", broken, Optional.empty(), Optional.empty()), note("I2")));
    assertThat(sequence.segments()).extracting(Segment::evidence).containsExactly("I2");
    assertThat(sequence.notices()).containsExactly("I1 is left out: it cannot be decoded.");
  }

  private record BrokenPixels() implements PixelSource {
    @Override
    public int width() {
      return 8;
    }

    @Override
    public int height() {
      return 8;
    }

    @Override
    public int frames() {
      return 1;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) throws IOException {
      throw new IOException("the codec failed");
    }
  }

  @Test
  void aStatementCarriesKindAssertionValueAndTime() {
    RecordFact fact =
        new RecordFact(
            new RecordEntry("Observation/7", "value"),
            RecordFact.Kind.OBSERVATION,
            Optional.of(new Coding("http://loinc.org", "1988-5", "CRP")),
            "C-reactive protein",
            OptionalDouble.of(120),
            Optional.of("mg/L"),
            Optional.of(NOON.minusSeconds(10 * 86_400)),
            RecordFact.Assertion.PRESENT);
    TokenSequence sequence =
        SequenceBuilder.build(
            patient(new RecordEvidence(origin("I1"), List.of(fact, fact(1))), note("I2")));
    RecordSegment segment = (RecordSegment) sequence.segments().getFirst();
    float[] values = segment.values();
    assertThat(values).hasSize(2 * RecordSegment.FEATURES);
    assertThat(values[384 + RecordFact.Kind.OBSERVATION.ordinal()]).isEqualTo(1);
    assertThat(values[391 + RecordFact.Assertion.PRESENT.ordinal()]).isEqualTo(1);
    assertThat(values[395]).isEqualTo(1);
    assertThat((double) values[396]).isCloseTo(Math.log(121) / 5, within(1e-6));
    assertThat(values[397]).isEqualTo(1);
    assertThat((double) values[398]).isCloseTo(Math.log(11) / 10, within(1e-6));
    assertThat(segment.tokens().getFirst().position().t()).isCloseTo(10, within(1e-9));
    assertThat(values[399 + 395]).isZero();
    assertThat(segment.tokens().getFirst().region())
        .isEqualTo(new RecordEntry("Observation/7", "value"));
  }

  @Test
  void ofALongRecordPersonAndNewestAreKept() {
    List<RecordFact> facts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      facts.add(fact(i));
    }
    facts.add(
        new RecordFact(
            new RecordEntry("Patient/1", "birthDate"),
            RecordFact.Kind.AGE,
            Optional.empty(),
            "Age",
            OptionalDouble.of(61),
            Optional.of("a"),
            Optional.empty(),
            RecordFact.Assertion.PRESENT));
    TokenSequence sequence =
        SequenceBuilder.build(patient(new RecordEvidence(origin("I1"), facts)));
    List<Token> tokens = sequence.tokens();
    assertThat(tokens).hasSize(64);
    assertThat(tokens.getFirst().region()).isEqualTo(new RecordEntry("Condition/0", "code"));
    assertThat(tokens.get(62).region()).isEqualTo(new RecordEntry("Condition/62", "code"));
    assertThat(tokens.getLast().region()).isEqualTo(new RecordEntry("Patient/1", "birthDate"));
    assertThat(sequence.notices()).singleElement().asString().contains("101 statements");
  }

  @Test
  void sequenceLinesCarryTheRegionsOfTheContract() throws IOException {
    TokenSequence sequence =
        SequenceBuilder.build(
            patient(
                new AudioEvidence(origin("I1"), DrawnSound.quiet(0.5)),
                image("I2", Optional.empty(), Optional.empty()),
                note("I3"),
                new SlideEvidence(origin("I4"), rgb(224), OptionalDouble.empty()),
                new RecordEvidence(origin("I5"), List.of(fact(1)))));
    StringWriter out = new StringWriter();
    SequenceWriter.write(sequence, out);
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(sequence.tokens().size());
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = json.readTree(lines.get(i));
      assertThat(line.get("index").asInt()).isEqualTo(i);
      assertThat(line.get("region").get("type").asText())
          .isEqualTo(
              switch (line.get("modality").asText()) {
                case "image" -> "pixels";
                case "slide" -> "slide";
                case "note" -> "text";
                case "audio" -> "time";
                default -> "record";
              });
    }
    assertThat(lines.getFirst())
        .isEqualTo(
            "{\"index\":0,\"modality\":\"record\",\"input\":\"I5\",\"region\":"
                + "{\"type\":\"record\",\"resource\":\"Condition/1\",\"path\":\"code\"}}");
    assertThat(lines.get(4))
        .isEqualTo(
            "{\"index\":4,\"modality\":\"image\",\"input\":\"I2\",\"region\":{\"type\":\"pixels\","
                + "\"frame\":1,\"x\":0.0,\"y\":0.0,\"width\":4.0,\"height\":4.0}}");
    assertThat(lines.getLast()).contains("\"type\":\"time\",\"start\":0.48,\"end\":0.5}");
  }

  @Test
  void anEmptyCaseHasAnEmptySequence() {
    assertThat(SequenceBuilder.build(patient()).tokens()).isEmpty();
  }

  private static PatientCase patient(Evidence... evidence) {
    return new PatientCase("C1", Optional.empty(), List.of(evidence), List.of(), false);
  }

  private static EvidenceOrigin origin(String id) {
    return new EvidenceOrigin(
        id,
        "x",
        "x/y",
        "0".repeat(64),
        Optional.empty(),
        Optional.of(NOON),
        Optional.empty());
  }

  private static NoteEvidence note(String id) {
    return new NoteEvidence(origin(id), () -> "No fever.");
  }

  private static DrawnPixels rgb(int side) {
    return new DrawnPixels(side, side, 1, 3, new float[side * side * 3])
        .paint(0, 0, side, side, 0.9f, 0.4f, 0.6f);
  }

  private static ImageEvidence image(
      String id, Optional<String> acquisition, Optional<String> group) {
    return image(id, DrawnPixels.grey(56, 56, 0.5f), acquisition, group);
  }

  private static ImageEvidence image(
      String id, PixelSource pixels, Optional<String> acquisition, Optional<String> group) {
    return new ImageEvidence(
        new EvidenceOrigin(
            id, "x", "x/y", "0".repeat(64), group, Optional.of(NOON), Optional.empty()),
        pixels,
        Orientation.UPRIGHT,
        acquisition,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }

  /** A condition; the higher the number, the longer ago. */
  private static RecordFact fact(int number) {
    return new RecordFact(
        new RecordEntry("Condition/" + number, "code"),
        RecordFact.Kind.CONDITION,
        Optional.empty(),
        "Hypertension",
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.of(NOON.minusSeconds(86_400L * number)),
        RecordFact.Assertion.PRESENT);
  }
}
