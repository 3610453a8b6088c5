package org.tessera.omni.search;

/**
 * A hit.
 *
 * @param entry what was found
 * @param similarity cosine of the two vectors, -1 to 1
 */
public record SimilarEvidence(LatentEntry entry, double similarity) {}
