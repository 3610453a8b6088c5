package org.tessera.omni.token;

/**
 * Where a token lies on the axes of its modality.
 *
 * @param t seconds of a recording or of moving pictures (NaN where a frame's time is not known),
 *     ordinal of a word, or days before the newest input of the case
 * @param y row of the patch grid (upright), 0 where there is none; the rows of a slide's second
 *     tile count on from those of the first
 * @param x column of the patch grid (upright), 0 where there is none
 */
public record Position(double t, double y, double x) {
  /** The origin of all axes. */
  public static final Position ORIGIN = new Position(0, 0, 0);
}
