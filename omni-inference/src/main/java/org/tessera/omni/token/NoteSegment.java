package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A note as word pieces with frozen, pretrained, contextual features, and what rules know of each.
 *
 * @param evidence id of the evidence
 * @param tokens one per word piece, in reading order
 * @param values (tokens, FEATURES): features of a pretrained encoder, then how the sentence speaks
 *     of the word and the value of a number
 */
@SuppressWarnings("ArrayRecordComponent")
public record NoteSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Text features (all-MiniLM-L6-v2), 6 stances, part of a number, its size, its warmth. */
  public static final int FEATURES = TextFeatures.FEATURES + WordTraits.COUNT;

  /** Most word pieces of one note. */
  public static final int MAX_TOKENS = 256;

  public NoteSegment {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()
        || tokens.size() > MAX_TOKENS
        || values.length != tokens.size() * FEATURES) {
      throw new IllegalArgumentException(
          "Not a note: " + values.length + " values, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.NOTE;
  }

  @Override
  public NoteSegment blank() {
    return new NoteSegment(evidence, tokens, new float[values.length]);
  }
}
