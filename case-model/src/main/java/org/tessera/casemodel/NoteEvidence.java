package org.tessera.casemodel;

/**
 * A clinical note.
 *
 * @param origin where it came from
 * @param text its text
 */
public record NoteEvidence(EvidenceOrigin origin, TextSource text) implements Evidence {
  @Override
  public Modality modality() {
    return Modality.NOTE;
  }
}
