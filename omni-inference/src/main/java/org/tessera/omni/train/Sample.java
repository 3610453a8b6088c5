package org.tessera.omni.train;

import java.util.Map;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.SignHeads;
import org.tessera.omni.token.Segment;

/**
 * One sequence of a training step: perhaps composed of several people's evidence.
 *
 * @param evidence where each modality's evidence is taken from
 * @param others neutral notes and blanks, in place of an example's evidence
 * @param targets 0 or 1 for each finding
 * @param weights of each finding's loss; 0 where nothing labels it
 * @param signs what single evidence shows of a finding that several decide
 * @param seed of its augmentation
 */
@SuppressWarnings("ArrayRecordComponent")
record Sample(
    Map<Modality, Example> evidence,
    Map<Modality, Segment> others,
    float[] targets,
    float[] weights,
    Map<SignHeads.Sign, Boolean> signs,
    long seed) {

  boolean has(Modality modality) {
    return evidence.containsKey(modality) || others.containsKey(modality);
  }
}
