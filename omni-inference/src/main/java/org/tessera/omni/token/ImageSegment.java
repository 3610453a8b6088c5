package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A radiograph (or one slice) as patches of an upright, letterboxed canvas.
 *
 * @param evidence id of the evidence
 * @param tokens GRID x GRID patches, row by row
 * @param values (SIDE, SIDE) grey samples from 0 to 1; letterbox margins are 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ImageSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Pixels along an edge of the canvas. */
  public static final int SIDE = 224;

  /** Patches along an edge of the canvas. */
  public static final int GRID = 14;

  public ImageSegment {
    tokens = List.copyOf(tokens);
    if (values.length != SIDE * SIDE || tokens.size() != GRID * GRID) {
      throw new IllegalArgumentException(
          "Not a canvas: " + values.length + " samples, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.IMAGE;
  }

  @Override
  public ImageSegment blank() {
    return new ImageSegment(evidence, tokens, new float[values.length]);
  }
}
