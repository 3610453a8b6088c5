package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A tile of stained tissue.
 *
 * @param evidence id of the evidence
 * @param tokens GRID x GRID parts of the tile, row by row
 * @param values (SIDE, SIDE) grey samples from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record SlideSegment(String evidence, List<Token> tokens, float[] values) implements Segment {
  /** Pixels along an edge of the tile. */
  public static final int SIDE = 224;

  /** Parts along an edge of the tile. */
  public static final int GRID = 7;

  public SlideSegment {
    tokens = List.copyOf(tokens);
    if (values.length != SIDE * SIDE || tokens.size() != GRID * GRID) {
      throw new IllegalArgumentException(
          "Not a tile: " + values.length + " samples, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.SLIDE;
  }

  @Override
  public SlideSegment blank() {
    return new SlideSegment(evidence, tokens, new float[values.length]);
  }
}
