package org.tessera.omni.model;

import org.tessera.casemodel.Modality;

/**
 * Which tokens of a segment show the sign of a finding, where that is known. It teaches the stem to
 * answer at the right place and the finding's query to look there, and with both the highlights to
 * point there.
 *
 * @param finding key
 * @param modality of the segment
 * @param values one per token: 1 on the sign, 0 beside it, NaN where a token lies half on it
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenMarks(String finding, Modality modality, float[] values) {
  /** How many tokens have a value. */
  int count(float wanted) {
    int count = 0;
    for (float value : values) {
      count += value == wanted ? 1 : 0;
    }
    return count;
  }
}
