package org.tessera.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tessera.casemodel.AudioEvidence;
import org.tessera.casemodel.AudioSource;
import org.tessera.casemodel.CineEvidence;
import org.tessera.casemodel.Evidence;
import org.tessera.casemodel.EvidenceOrigin;
import org.tessera.casemodel.FrameTimes;
import org.tessera.casemodel.ImageEvidence;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.NoteEvidence;
import org.tessera.casemodel.Orientation;
import org.tessera.casemodel.PatientCase;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.PixelRegion;
import org.tessera.casemodel.PixelSource;
import org.tessera.casemodel.PixelTile;
import org.tessera.casemodel.RecordEntry;
import org.tessera.casemodel.RecordEvidence;
import org.tessera.casemodel.RecordFact;
import org.tessera.casemodel.TextSpan;
import org.tessera.casemodel.TimeInterval;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.CineSegment;
import org.tessera.omni.token.CineTokenizer;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.Token;
import org.tessera.omni.token.TokenSequence;

/**
 * Small cases for tests. Pictures are 448 x 448 source pixels of texture in which a bright square
 * may be drawn; the source pixels of patch (row, column) are 32 x 32 at (32 column, 32 row).
 */
final class Cases {
  static final int SCALE = 2;
  static final int PATCH = ImageSegment.SIDE / ImageSegment.GRID;

  private final List<Evidence> evidence = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  PatientCase patientCase() {
    return new PatientCase("case", Optional.empty(), evidence, List.of(), false);
  }

  TokenSequence sequence() {
    return new TokenSequence(segments, List.of());
  }

  /** A picture with a bright square of 3 x 3 patches whose top left patch is given. */
  Cases imageWithSquare(int row, int column) {
    float[] values = texture();
    for (int y = row * PATCH; y < (row + 3) * PATCH; y++) {
      Arrays.fill(
          values,
          y * ImageSegment.SIDE + column * PATCH,
          y * ImageSegment.SIDE + (column + 3) * PATCH,
          0.95f);
    }
    return image(values);
  }

  Cases plainImage() {
    return image(texture());
  }

  Cases blankImage() {
    return image(new float[ImageSegment.SIDE * ImageSegment.SIDE]);
  }

  Cases image(float[] values) {
    EvidenceOrigin origin = origin(Optional.empty(), Optional.empty());
    evidence.add(
        new ImageEvidence(
            origin,
            new Grey(values),
            Orientation.UPRIGHT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty()));
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < ImageSegment.GRID * ImageSegment.GRID; i++) {
      int row = i / ImageSegment.GRID;
      int column = i % ImageSegment.GRID;
      double side = SCALE * PATCH;
      tokens.add(
          new Token(
              Modality.IMAGE,
              origin.id(),
              new PixelRegion(1, column * side, row * side, side, side),
              new Position(0, row, column)));
    }
    segments.add(new ImageSegment(origin.id(), tokens, values));
    return this;
  }

  /** A note; each word is a token, and words that begin with an exclamation mark carry signal. */
  Cases note(String text) {
    EvidenceOrigin origin = origin(Optional.empty(), Optional.empty());
    evidence.add(new NoteEvidence(origin, () -> text));
    List<Token> tokens = new ArrayList<>();
    List<Boolean> loud = new ArrayList<>();
    int at = 0;
    for (String word : text.split(" ")) {
      tokens.add(
          new Token(
              Modality.NOTE,
              origin.id(),
              new TextSpan(at, at + word.length()),
              new Position(tokens.size(), 0, 0)));
      loud.add(word.startsWith("!"));
      at += word.length() + 1;
    }
    float[] values = new float[tokens.size() * NoteSegment.FEATURES];
    for (int i = 0; i < tokens.size(); i++) {
      values[i * NoteSegment.FEATURES] = loud.get(i) ? 1 : 0.001f;
    }
    segments.add(new NoteSegment(origin.id(), tokens, values));
    return this;
  }

  /** A recording of 20 tokens of which those from {@code from} to {@code to} are loud. */
  Cases audio(int from, int to) {
    EvidenceOrigin origin = origin(Optional.empty(), Optional.empty());
    evidence.add(new AudioEvidence(origin, new Silence()));
    List<Token> tokens = new ArrayList<>();
    int perToken = AudioSegment.FRAMES_PER_TOKEN * AudioSegment.MELS;
    float[] values = new float[20 * perToken];
    for (int i = 0; i < 20; i++) {
      tokens.add(
          new Token(
              Modality.AUDIO,
              origin.id(),
              new TimeInterval(0.08 * i, 0.08 * (i + 1)),
              new Position(0.08 * i, 0, 0)));
      boolean loud = i >= from && i < to;
      Arrays.fill(values, i * perToken, (i + 1) * perToken, loud ? -2 : -9);
    }
    segments.add(new AudioSegment(origin.id(), tokens, values));
    return this;
  }

  /** A loop of 40 frames at 25 per second, all of texture but one, which is bright; 0 for none. */
  Cases cine(int bright) {
    EvidenceOrigin origin = origin(Optional.empty(), Optional.empty());
    CineEvidence cine = new CineEvidence(origin, new Loop(40, bright), FrameTimes.at(25));
    evidence.add(cine);
    try {
      segments.add(CineTokenizer.segment(cine, notice -> {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  Cases record(RecordFact... facts) {
    EvidenceOrigin origin = origin(Optional.empty(), Optional.empty());
    evidence.add(new RecordEvidence(origin, List.of(facts)));
    List<Token> tokens = new ArrayList<>();
    for (RecordFact fact : facts) {
      tokens.add(new Token(Modality.RECORD, origin.id(), fact.entry(), Position.ORIGIN));
    }
    float[] values = new float[facts.length * RecordSegment.FEATURES];
    values[0] = 0.01f;
    segments.add(new RecordSegment(origin.id(), tokens, values));
    return this;
  }

  static RecordFact condition(String display, RecordFact.Assertion assertion) {
    return new RecordFact(
        new RecordEntry("Condition/1", "code"),
        RecordFact.Kind.CONDITION,
        Optional.empty(),
        display,
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        assertion);
  }

  /** A note that says nothing and only carries an identity and a time. */
  Cases identified(PatientIdentity identity, Optional<Instant> acquired) {
    evidence.add(new NoteEvidence(origin(Optional.of(identity), acquired), () -> "A note."));
    return this;
  }

  private EvidenceOrigin origin(Optional<PatientIdentity> identity, Optional<Instant> acquired) {
    String id = "I" + (evidence.size() + 1);
    return new EvidenceOrigin(
        id, id + ".bin", "application/octet-stream", "0".repeat(64), Optional.empty(), acquired,
        identity);
  }

  private static float[] texture() {
    float[] values = new float[ImageSegment.SIDE * ImageSegment.SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.25f + 0.1f * ((i * 31 + i / ImageSegment.SIDE * 17) % 7) / 7;
    }
    return values;
  }

  private record Grey(float[] values) implements PixelSource {
    @Override
    public int width() {
      return SCALE * ImageSegment.SIDE;
    }

    @Override
    public int height() {
      return SCALE * ImageSegment.SIDE;
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
    public PixelTile read(PixelRegion region, double downsample) {
      int columns = (int) Math.ceil(region.width() / downsample);
      int rows = (int) Math.ceil(region.height() / downsample);
      float[] samples = new float[columns * rows];
      for (int i = 0; i < samples.length; i++) {
        int x = (int) ((region.x() + (i % columns + 0.5) * downsample) / SCALE);
        int y = (int) ((region.y() + (i / columns + 0.5) * downsample) / SCALE);
        samples[i] = values[y * ImageSegment.SIDE + x];
      }
      return new PixelTile(columns, rows, 1, samples);
    }
  }

  private record Loop(int frames, int bright) implements PixelSource {
    @Override
    public int width() {
      return CineSegment.SIDE;
    }

    @Override
    public int height() {
      return CineSegment.SIDE;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public PixelTile read(PixelRegion region, double downsample) {
      int columns = (int) Math.ceil(region.width() / downsample);
      int rows = (int) Math.ceil(region.height() / downsample);
      float[] samples = Arrays.copyOf(texture(), columns * rows);
      if (region.frame() == bright) {
        Arrays.fill(samples, 0.95f);
        samples[samples.length / 2] = 0.5f;
      }
      return new PixelTile(columns, rows, 1, samples);
    }
  }

  private record Silence() implements AudioSource {
    @Override
    public double duration() {
      return 1.6;
    }

    @Override
    public float[] read(TimeInterval interval) {
      return new float[(int) Math.round((interval.end() - interval.start()) * SAMPLE_RATE)];
    }
  }
}
