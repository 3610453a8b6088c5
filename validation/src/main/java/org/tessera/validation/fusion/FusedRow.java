package org.tessera.validation.fusion;

import java.util.Map;
import java.util.Optional;
import org.tessera.casemodel.Modality;
import org.tessera.omni.train.LabelledRow;

/**
 * One case as every way of joining modalities sees it.
 *
 * @param row what it is
 * @param latents by modality: what its stem makes of the evidence, of length 1
 * @param tokens by modality: the stem's output per token, (tokens, width), of those that several
 *     findings join; about unit scale
 * @param whole logits of the sequence with everything, one per finding
 * @param alone logits of the sequence with one modality only
 * @param without logits of the sequence with everything but one modality
 */
@SuppressWarnings("ArrayRecordComponent")
record FusedRow(
    LabelledRow row,
    Map<Modality, float[]> latents,
    Map<Modality, float[][]> tokens,
    float[] whole,
    Map<Modality, float[]> alone,
    Map<Modality, float[]> without) {
  FusedRow {
    latents = Map.copyOf(latents);
    tokens = Map.copyOf(tokens);
    alone = Map.copyOf(alone);
    without = Map.copyOf(without);
  }

  boolean label(String finding) {
    return Boolean.TRUE.equals(row.labels().get(finding));
  }

  /** The logit of one modality alone; empty if the case has no such evidence. */
  Optional<Double> alone(Modality modality, int finding) {
    return Optional.ofNullable(alone.get(modality)).map(logits -> (double) logits[finding]);
  }

  /** The logit without a modality; that of the whole if it was not there. */
  double without(Modality modality, int finding) {
    float[] logits = without.get(modality);
    return (logits == null ? whole : logits)[finding];
  }
}
