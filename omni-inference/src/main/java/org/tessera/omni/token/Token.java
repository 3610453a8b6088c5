package org.tessera.omni.token;

import org.tessera.casemodel.EvidenceRegion;
import org.tessera.casemodel.Modality;

/**
 * One step of the sequence.
 *
 * @param modality of its evidence
 * @param evidence id of its evidence
 * @param region where in the evidence it came from (its provenance), in source coordinates
 * @param position where it lies on the axes of its modality
 */
public record Token(
    Modality modality, String evidence, EvidenceRegion region, Position position) {}
