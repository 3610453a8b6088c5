package org.tessera.omni.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.tessera.omni.token.AudioSegment;
import org.tessera.omni.token.CineSegment;
import org.tessera.omni.token.ImageSegment;
import org.tessera.omni.token.NoteSegment;
import org.tessera.omni.token.RecordSegment;
import org.tessera.omni.token.Segment;
import org.tessera.omni.token.SlideSegment;

/** From a segment's numbers to one embedding per token: stem, then position and type. */
final class Embedder {
  private final Parameters parameters;
  private final ConvStem stem;

  Embedder(Parameters parameters, boolean training) {
    this.parameters = parameters;
    this.stem = new ConvStem(parameters, training);
  }

  /**
   * What a stem makes of its input, before position and type are added.
   *
   * @param input as {@link #input} gives it, stacked along the first axis
   * @return (batch, tokens, width)
   */
  NDArray stem(TokenGroup group, NDArray input) {
    return switch (group) {
      case IMAGE -> stem.image(input);
      case SLIDE -> stem.slide(input);
      case AUDIO -> stem.audio(input);
      case NOTE -> NoteInput.embedded(input, parameters);
      case RECORD -> input.matMul(parameters.get("record.projection"));
      case QUERY -> throw new IllegalArgumentException("Queries have no stem.");
    };
  }

  /**
   * Adds position, type and what is known of the whole input.
   *
   * @param input of the stem
   * @param tokens (batch, tokens, width) that the stem made of it
   */
  NDArray placed(TokenGroup group, NDArray input, NDArray tokens) {
    long count = tokens.getShape().get(1);
    NDArray placed = tokens.add(parameters.get("type." + group.key()));
    if (group == TokenGroup.IMAGE && OrientedGradients.isIn(parameters)) {
      placed = placed.add(OrientedGradients.told(input, parameters));
    }
    if (group == TokenGroup.RECORD) {
      return placed;
    }
    NDArray table = parameters.get("position." + group.key());
    return placed.add(table.getShape().get(0) == count ? table : table.get("0:{}", count));
  }

  /** One segment's tokens: (1, tokens, width). */
  NDArray embed(Segment segment, NDManager scope) {
    TokenGroup group = TokenGroup.of(segment.modality());
    NDArray input = scope.create(values(segment), shape(group, segment.tokens().size(), 1));
    return placed(group, input, stem(group, input));
  }

  /**
   * What the head of the shared latent space reads: the tokens as they enter the transformer, but
   * of a note the pretrained features themselves, of which the transformer's tokens keep only
   * what the findings need.
   *
   * @param input of the stem
   * @param tokens that the stem made of it
   */
  NDArray forLatents(TokenGroup group, NDArray input, NDArray tokens) {
    return group == TokenGroup.NOTE ? NoteInput.words(input) : placed(group, input, tokens);
  }

  /** The same of one segment: (1, tokens, numbers per token). */
  NDArray forLatents(Segment segment, NDManager scope) {
    TokenGroup group = TokenGroup.of(segment.modality());
    NDArray input = scope.create(values(segment), shape(group, segment.tokens().size(), 1));
    return forLatents(group, input, stem(group, input));
  }

  /** The numbers that the stem of the segment's group reads. */
  static float[] values(Segment segment) {
    return switch (segment) {
      case ImageSegment image -> StemInput.image(image.values(), ImageSegment.SIDE);
      case SlideSegment slide -> StemInput.image(slide.values(), SlideSegment.SIDE);
      case AudioSegment audio -> StemInput.audio(audio.values());
      case NoteSegment note -> note.values();
      case RecordSegment statements -> statements.values();
      case CineSegment _ ->
          throw new IllegalArgumentException("No weights read moving pictures.");
    };
  }

  /** Segments of a group as a stem reads them together; shorter recordings end in zeros. */
  static NDArray input(TokenGroup group, List<? extends Segment> segments, NDManager scope) {
    int longest = 0;
    for (Segment segment : segments) {
      longest = Math.max(longest, segment.tokens().size());
    }
    return scope.create(
        padded(group, segments, longest), shape(group, longest, segments.size()));
  }

  private static float[] padded(TokenGroup group, List<? extends Segment> segments, int longest) {
    int each = Math.toIntExact(shape(group, longest, 1).size());
    float[] values = new float[each * segments.size()];
    for (int i = 0; i < segments.size(); i++) {
      float[] own = values(segments.get(i));
      if (group == TokenGroup.AUDIO) {
        int frames = own.length / AudioSegment.MELS;
        int wide = longest * AudioSegment.FRAMES_PER_TOKEN;
        for (int mel = 0; mel < AudioSegment.MELS; mel++) {
          System.arraycopy(own, mel * frames, values, i * each + mel * wide, frames);
        }
      } else {
        System.arraycopy(own, 0, values, i * each, own.length);
      }
    }
    return values;
  }

  /** Shape of a stem's input for so many tokens. */
  static Shape shape(TokenGroup group, int tokens, int batch) {
    return switch (group) {
      case IMAGE -> new Shape(batch, ConvStem.IMAGE_CHANNELS, ImageSegment.SIDE, ImageSegment.SIDE);
      case SLIDE -> new Shape(batch, ConvStem.IMAGE_CHANNELS, SlideSegment.SIDE, SlideSegment.SIDE);
      case AUDIO ->
          new Shape(
              batch,
              ConvStem.AUDIO_CHANNELS,
              AudioSegment.MELS,
              (long) tokens * AudioSegment.FRAMES_PER_TOKEN);
      case NOTE -> new Shape(batch, tokens, NoteSegment.FEATURES);
      case RECORD -> new Shape(batch, tokens, RecordSegment.FEATURES);
      case QUERY -> throw new IllegalArgumentException("Queries have no stem.");
    };
  }
}
