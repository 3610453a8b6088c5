package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A note as word pieces with frozen, pretrained, contextual features.
 *
 * @param evidence id of the evidence
 * @param tokens one per word piece, in reading order
 * @param values (tokens, FEATURES) features of a pretrained encoder
 */
@SuppressWarnings("ArrayRecordComponent")
public record NoteSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Features of a word piece (all-MiniLM-L6-v2). */
  public static final int FEATURES = 384;

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
