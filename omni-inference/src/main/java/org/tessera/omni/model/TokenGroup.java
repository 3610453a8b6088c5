package org.tessera.omni.model;

import java.util.Locale;
import org.tessera.casemodel.Modality;

/**
 * Tokens that share attention and norm parameters (Mixture-of-Transformers, Liang et al. 2024): one
 * group per modality that is read, and one for the case token and the finding queries.
 */
enum TokenGroup {
  RECORD,
  NOTE,
  IMAGE,
  SLIDE,
  AUDIO,
  QUERY;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  int positions() {
    return Initialization.positionsOf(this);
  }

  static TokenGroup of(Modality modality) {
    return switch (modality) {
      case RECORD -> RECORD;
      case NOTE -> NOTE;
      case IMAGE -> IMAGE;
      case SLIDE -> SLIDE;
      case AUDIO -> AUDIO;
      case CINE -> throw new IllegalArgumentException("No weights read moving pictures.");
    };
  }
}
