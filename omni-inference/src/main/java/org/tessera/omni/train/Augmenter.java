package org.tessera.omni.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;
import org.tessera.casemodel.RecordEntry;
import org.tessera.omni.model.Shown;
import org.tessera.omni.model.TokenMarks;
import org.tessera.omni.model.TrainableModel;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.Position;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;
import org.tessera.omni.token.Token;

/** Turns a composed sample into the segments of one training sequence. */
final class Augmenter {
  private static final EvidenceRegion NOWHERE = new RecordEntry("training", "");
  private static final int PIXEL_TOKENS = ImageSegment.GRID * ImageSegment.GRID;
  private static final int TILE_TOKENS = SlideSegment.GRID * SlideSegment.GRID;

  private Augmenter() {}

  /** A pure function of the sample and of what its evidence shows. */
  static TrainableModel.Sequence sequence(Sample sample, ShownFacts facts) {
    Random random = new Random(sample.seed());
    Map<Modality, Segment> segments = new EnumMap<>(Modality.class);
    segments.putAll(sample.others());
    List<TokenMarks> marks = new ArrayList<>();
    sample
        .evidence()
        .forEach(
            (modality, example) ->
                segments.put(modality, segment(modality, example, random, marks)));
    sample.evidence().forEach((modality, example) -> example.places().stream()
            .filter(each -> each.modality() == modality)
            .forEach(marks::add));
    Map<Modality, Shown> shown = new EnumMap<>(Modality.class);
    sample
        .evidence()
        .forEach((modality, example) -> shown.put(modality, facts.of(example, modality)));
    return new TrainableModel.Sequence(
        segments, sample.targets(), sample.weights(), shown, sample.signs(), marks);
  }

  private static Segment segment(
      Modality modality, Example example, Random random, List<TokenMarks> marks) {
    Optional<SignMask> sign = Optional.ofNullable(example.signs().get(modality));
    return switch (modality) {
      case IMAGE -> {
        Augmentation.Crop crop = Augmentation.Crop.ofRadiograph(random);
        sign.ifPresent(mask -> add(marks, modality, mask.of(crop, ImageSegment.GRID)));
        yield new ImageSegment(
            "image",
            tokens(modality, PIXEL_TOKENS),
            Augmentation.radiograph(canvas(example, modality), crop, random));
      }
      case SLIDE -> {
        Augmentation.Crop crop = Augmentation.Crop.ofTissue(random);
        sign.ifPresent(mask -> add(marks, modality, mask.of(crop, SlideSegment.GRID)));
        yield new SlideSegment(
            "slide",
            tokens(modality, TILE_TOKENS),
            Augmentation.tissue(canvas(example, modality), crop, random));
      }
      case AUDIO -> {
        Augmentation.Piece where =
            Augmentation.Piece.of(example.logMel().length / AudioSegment.MELS, random);
        sign.ifPresent(mask -> add(marks, modality, mask.of(where)));
        float[] piece = Augmentation.sound(example.logMel(), where, random);
        int count = piece.length / AudioSegment.MELS / AudioSegment.FRAMES_PER_TOKEN;
        yield new AudioSegment("audio", tokens(modality, count), piece);
      }
      case NOTE, RECORD, CINE -> example.segment(modality).orElseThrow();
    };
  }

  private static void add(List<TokenMarks> marks, Modality modality, float[] values) {
    for (String finding : PhantomLabels.decidedBy(modality)) {
      marks.add(new TokenMarks(finding, modality, values));
    }
  }

  private static byte[] canvas(Example example, Modality modality) {
    byte[] canvas = example.canvases().get(modality);
    if (canvas == null) {
      throw new IllegalStateException("Example " + example.row().id() + " has no canvas.");
    }
    return canvas;
  }

  private static List<Token> tokens(Modality modality, int count) {
    Token token = new Token(modality, modality.wireName(), NOWHERE, Position.ORIGIN);
    return Collections.nCopies(count, token);
  }
}
