package org.tessera.omni.model;

/**
 * Which tokens of a segment show the sign of a finding, where that is known: it teaches the stem to
 * answer at the right place, and with it the highlights to point there.
 *
 * @param finding key
 * @param values one per token: 1 on the sign, 0 beside it, NaN where a token lies half on it
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenMarks(String finding, float[] values) {}
