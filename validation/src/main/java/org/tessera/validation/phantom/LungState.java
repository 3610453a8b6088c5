package org.tessera.validation.phantom;

import java.util.Locale;

/**
 * What ails the phantom. The odds make opacity and fever independent: P(opacity and fever) = 0.27 =
 * 0.50 x 0.54 = P(opacity) x P(fever).
 */
public enum LungState {
  /** Opacity and fever. */
  INFECTION(true, true, 0.27),
  /** Opacity without fever, for example a scar. */
  FOCAL_LESION(true, false, 0.23),
  /** Fever from elsewhere, lungs clear. */
  FEVER_ELSEWHERE(false, true, 0.27),
  CLEAR(false, false, 0.23);

  private final boolean opacity;
  private final boolean fever;
  private final double odds;

  LungState(boolean opacity, boolean fever, double odds) {
    this.opacity = opacity;
    this.fever = fever;
    this.odds = odds;
  }

  /** True if an opacity is drawn. */
  public boolean opacity() {
    return opacity;
  }

  /** True if the note asserts fever. */
  public boolean fever() {
    return fever;
  }

  /** The name used in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static LungState draw(Chance chance) {
    double at = chance.between(0, 1);
    for (LungState state : values()) {
      at -= state.odds;
      if (at < 0) {
        return state;
      }
    }
    return CLEAR;
  }
}
