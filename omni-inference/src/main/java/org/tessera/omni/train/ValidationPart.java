package org.tessera.omni.train;

/**
 * Which part of the validation patients a decision may use, so that no decision is checked on the
 * patients that it was made on.
 */
public enum ValidationPart {
  /** Early stopping: about a third. */
  STOPPING,
  /** Calibration, operating points and how far is far: about a third. */
  CALIBRATION,
  /** Thresholds of the checks: about a sixth. */
  THRESHOLDS,
  /** Bounds of the prediction sets: about a sixth. */
  CONFORMAL;

  private static final ValidationPart[] SIXTHS = {
    STOPPING, CALIBRATION, THRESHOLDS, STOPPING, CALIBRATION, CONFORMAL
  };

  /** The part of a patient: depends on the name only. */
  public static ValidationPart of(String patient) {
    int hash = 0;
    for (int i = 0; i < patient.length(); i++) {
      hash = hash * 31 + patient.charAt(i);
    }
    hash ^= hash >>> 16;
    hash *= 0x45d9f3b;
    hash ^= hash >>> 16;
    return SIXTHS[Math.floorMod(hash, SIXTHS.length)];
  }
}
