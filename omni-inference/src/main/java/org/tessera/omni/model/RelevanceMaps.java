package org.tessera.omni.model;

/**
 * Gradient-weighted attention from a finding's query to every token.
 *
 * @param learned (tokens) of the model
 * @param randomized (tokens) of its copy whose last layers are re-initialized
 */
@SuppressWarnings("ArrayRecordComponent")
public record RelevanceMaps(float[] learned, float[] randomized) {}
