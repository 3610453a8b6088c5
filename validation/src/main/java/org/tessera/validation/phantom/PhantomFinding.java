package org.tessera.validation.phantom;

import java.util.Set;
import org.tessera.casemodel.Modality;

/** A finding of the phantom world. */
public enum PhantomFinding {
  /** A soft-edged opacity is drawn in a lung. */
  OPACITY("phantom-opacity", Set.of(Modality.IMAGE)),
  /** Crackles are heard while the phantom breathes in. */
  CRACKLES("phantom-crackles", Set.of(Modality.AUDIO)),
  /** An opacity is drawn and the note asserts fever: neither alone decides. */
  INFECTION("phantom-infection", Set.of(Modality.IMAGE, Modality.NOTE));

  private final String key;
  private final Set<Modality> decidedBy;

  PhantomFinding(String key, Set<Modality> decidedBy) {
    this.key = key;
    this.decidedBy = decidedBy;
  }

  /** Column of {@code manifest.csv} and key of the model's finding. */
  public String key() {
    return key;
  }

  /** The modalities that have to be read, all of them, to know it. */
  public Set<Modality> decidedBy() {
    return decidedBy;
  }
}
