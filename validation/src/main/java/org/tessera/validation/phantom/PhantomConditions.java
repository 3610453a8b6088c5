package org.tessera.validation.phantom;

import java.util.EnumSet;
import java.util.Set;
import org.tessera.casemodel.Modality;

/**
 * Under what conditions the evidence of one case was gathered; no condition changes what is true.
 *
 * @param missing evidence that was not gathered; never all of it
 * @param noisy true if image and sound are much noisier than usual
 * @param staleDays by how many days the record lags behind the other evidence, 0 if it does not
 * @param confounded true if view and machine follow the opacity, and the hum of the mains the
 *     crackles
 * @param korean true if the note is in Korean
 */
public record PhantomConditions(
    Set<Modality> missing, boolean noisy, int staleDays, boolean confounded, boolean korean) {
  /** Everything there, quiet, on time, unconfounded, English. */
  public static final PhantomConditions USUAL =
      new PhantomConditions(Set.of(), false, 0, false, false);

  public PhantomConditions {
    missing = Set.copyOf(missing);
  }

  /**
   * How often each condition is met.
   *
   * @param missing chance that a given evidence is missing
   * @param noisy chance of noise
   * @param stale chance of a stale record
   * @param confounded chance of confounding
   * @param korean chance of a Korean note
   */
  public record Odds(
      double missing, double noisy, double stale, double confounded, double korean) {
    /** Nothing unusual. */
    public static final Odds NONE = new Odds(0, 0, 0, 0, 0);

    public Odds {
      for (double each : new double[] {missing, noisy, stale, confounded, korean}) {
        if (!(each >= 0 && each <= 1)) {
          throw new IllegalArgumentException("Not a probability: " + each);
        }
      }
    }
  }

  static PhantomConditions draw(Chance chance, Odds odds) {
    Set<Modality> missing = EnumSet.noneOf(Modality.class);
    for (Modality modality : PhantomWriter.MODALITIES) {
      if (chance.in(odds.missing()) && missing.size() + 1 < PhantomWriter.MODALITIES.size()) {
        missing.add(modality);
      }
    }
    boolean noisy = chance.in(odds.noisy());
    int days = chance.whole(60, 900);
    return new PhantomConditions(
        missing,
        noisy,
        chance.in(odds.stale()) ? days : 0,
        chance.in(odds.confounded()),
        chance.in(odds.korean()));
  }
}
