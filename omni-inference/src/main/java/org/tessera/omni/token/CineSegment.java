package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * Frames of moving pictures, one token per frame.
 *
 * @param evidence id of the evidence
 * @param tokens one per frame that is read, in the order of time
 * @param values (tokens, SIDE, SIDE) grey samples from 0 to 1; letterbox margins are 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record CineSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Pixels along an edge of a frame's canvas. */
  public static final int SIDE = 112;

  /** Most frames that are read of one evidence. */
  public static final int MAX_TOKENS = 16;

  public CineSegment {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()
        || tokens.size() > MAX_TOKENS
        || values.length != tokens.size() * SIDE * SIDE) {
      throw new IllegalArgumentException(
          "Not moving pictures: " + values.length + " samples, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.CINE;
  }

  @Override
  public CineSegment blank() {
    return new CineSegment(evidence, tokens, new float[values.length]);
  }
}
