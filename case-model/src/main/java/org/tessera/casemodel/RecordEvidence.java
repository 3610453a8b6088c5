package org.tessera.casemodel;

import java.util.List;

/**
 * What a health record says about the patient.
 *
 * @param origin where it came from
 * @param facts its statements, in the order of the record
 */
public record RecordEvidence(EvidenceOrigin origin, List<RecordFact> facts) implements Evidence {
  public RecordEvidence {
    facts = List.copyOf(facts);
  }

  @Override
  public Modality modality() {
    return Modality.RECORD;
  }
}
