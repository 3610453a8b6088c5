package org.tessera.explain;

/**
 * How many passes a finding may spend, at most {@link #LIMIT}: all coalitions, one blank per
 * deciding modality, the claim, {@link #DRAWS} paired draws and the counterfactual always, and a
 * softer picture where one modality decides; then, in this order and as far as it goes: donors, the
 * interval, a second deletion test for evidence beyond the deciding modalities.
 *
 * @param donors per deciding modality
 * @param interval true if there is room for the interval's draws; without, it is that of the
 *     calibration alone
 * @param extras true if evidence of other modalities may be highlighted
 */
record PassBudget(int donors, boolean interval, boolean extras) {
  /** Most passes of one finding. */
  static final int LIMIT = 64;

  /** Paired random draws of a deletion test. */
  static final int DRAWS = 20;

  /** Donors of each deciding modality, and the least number of all swaps together. */
  static final int DONORS = 8;

  /**
   * Divides the passes.
   *
   * @param present number of modalities of the case
   * @param deciding number of modalities that decide the finding, at least 1
   */
  static PassBudget of(int present, int deciding) {
    int softer = deciding == 1 ? 1 : 0;
    int room =
        LIMIT - (1 << present) - deciding - 1 - softer - DRAWS - WithoutEvidence.PASSES;
    int donors = Math.max(0, Math.min(DONORS, room / deciding));
    room -= donors * deciding;
    boolean interval = room >= Stability.DRAWS;
    room -= interval ? Stability.DRAWS : 0;
    return new PassBudget(donors, interval, room >= 1 + DRAWS);
  }
}
