package org.tessera.validation.evaluate;

import java.util.Map;
import org.tessera.omni.model.FindingProfile;
import org.tessera.omni.model.OmniModel;
import org.tessera.omni.train.LabelledRow;

/**
 * A row with the model's answers.
 *
 * @param row the row
 * @param logits one per finding
 * @param masked the same on masked images; empty where there is no image or nobody asked
 */
@SuppressWarnings("ArrayRecordComponent")
record AnsweredRow(PreparedRow row, float[] logits, Map<Masking, float[]> masked) {

  boolean has(Masking masking) {
    return masked(masking).length > 0;
  }

  float[] masked(Masking masking) {
    return masked.getOrDefault(masking, new float[0]);
  }

  ScoredRow scoredFor(OmniModel model, int index) {
    LabelledRow labelled = row.row();
    FindingProfile finding = model.findings().get(index);
    return new ScoredRow(
        labelled.set(),
        labelled.id(),
        BaselineTraining.cluster(labelled),
        Boolean.TRUE.equals(labelled.labels().get(finding.key())),
        logits[index],
        model.deviation(index, logits[index]),
        labelled.strata(),
        labelled.looksOf(finding.key()));
  }
}
