package org.tessera.casemodel;

/** One input of a case. */
public sealed interface Evidence
    permits ImageEvidence,
        SlideEvidence,
        CineEvidence,
        NoteEvidence,
        AudioEvidence,
        RecordEvidence {

  /** Where it came from. */
  EvidenceOrigin origin();

  /** Which of the six modalities it is. */
  Modality modality();

  /** Identifier within the case, for example {@code I1}. */
  default String id() {
    return origin().id();
  }
}
