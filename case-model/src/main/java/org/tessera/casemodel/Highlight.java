package org.tessera.casemodel;

/**
 * A place in the evidence that a finding rests on.
 *
 * @param input id of the evidence
 * @param region where in it
 * @param weight 0 to 1; 1 is the strongest of the finding
 */
public record Highlight(String input, EvidenceRegion region, double weight) {}
