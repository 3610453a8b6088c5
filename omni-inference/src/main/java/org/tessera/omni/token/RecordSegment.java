package org.tessera.omni.token;

import java.util.List;
import org.tessera.casemodel.Modality;

/**
 * A health record, one token per statement.
 *
 * @param evidence id of the evidence
 * @param tokens one per statement
 * @param values (tokens, FEATURES): pretrained text features of the display, then kind, assertion,
 *     value and time
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordSegment(String evidence, List<Token> tokens, float[] values)
    implements Segment {
  /** Text features, 7 kinds, 4 assertions, value present, value, time present, time. */
  public static final int FEATURES = TextFeatures.FEATURES + 15;

  /** Most statements of one record. */
  public static final int MAX_TOKENS = 64;

  public RecordSegment {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()
        || tokens.size() > MAX_TOKENS
        || values.length != tokens.size() * FEATURES) {
      throw new IllegalArgumentException(
          "Not a record: " + values.length + " values, " + tokens.size() + " tokens");
    }
  }

  @Override
  public Modality modality() {
    return Modality.RECORD;
  }

  @Override
  public RecordSegment blank() {
    return new RecordSegment(evidence, tokens, new float[values.length]);
  }
}
