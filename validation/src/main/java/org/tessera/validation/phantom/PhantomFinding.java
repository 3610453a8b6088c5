package org.tessera.validation.phantom;

import java.util.Set;
import org.tessera.casemodel.Modality;

/** A finding of the phantom world. */
public enum PhantomFinding {
  /** A soft-edged opacity is drawn in a lung. */
  OPACITY("phantom-opacity", Set.of(Modality.IMAGE)),
  /** Crackles are heard while the phantom breathes in. */
  CRACKLES("phantom-crackles", Set.of(Modality.AUDIO)),
  /** The tissue has a nest of large, dark, crowded nuclei. */
  ATYPIA("phantom-atypia", Set.of(Modality.SLIDE)),
  /**
   * An opacity is drawn and the note asserts fever. Neither alone decides, but the sum of two votes
   * does.
   */
  INFECTION("phantom-infection", Set.of(Modality.IMAGE, Modality.NOTE)),
  /**
   * Image and problem list disagree about an opacity: neither alone says anything, and no sum of
   * two votes does.
   */
  DISCORDANCE("phantom-discordance", Set.of(Modality.IMAGE, Modality.RECORD)),
  /**
   * Sound and note disagree about crackles: neither alone says anything, and no sum of two votes
   * does.
   */
  MISMATCH("phantom-mismatch", Set.of(Modality.AUDIO, Modality.NOTE));

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
