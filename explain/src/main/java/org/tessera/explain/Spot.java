package org.tessera.explain;

import java.util.BitSet;
import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;

/**
 * A readable piece of evidence: neighbouring tokens and the region that they cover.
 *
 * @param modality of the evidence
 * @param evidence its id
 * @param tokens indices of all tokens that the region covers
 * @param region in source coordinates
 * @param peak greatest relevance inside
 * @param mass relevance inside, added up
 */
record Spot(
    Modality modality,
    String evidence,
    BitSet tokens,
    EvidenceRegion region,
    double peak,
    double mass) {}
