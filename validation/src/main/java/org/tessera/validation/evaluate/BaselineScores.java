package org.tessera.validation.evaluate;

import org.tessera.validation.baseline.Baseline;

/**
 * What a baseline said.
 *
 * @param name of the baseline
 * @param kind how much of the patient it sees
 * @param scores logits, one per row of the finding, in the same order
 */
@SuppressWarnings("ArrayRecordComponent")
public record BaselineScores(String name, Baseline.Kind kind, double[] scores) {}
