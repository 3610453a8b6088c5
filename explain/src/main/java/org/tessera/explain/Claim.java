package org.tessera.explain;

import java.util.BitSet;
import java.util.List;
import org.tessera.casemodel.Highlight;

/**
 * The evidence that a finding claims to rest on: the regions that would be shown, and exactly the
 * tokens that these regions cover. What is shown is what is tested.
 *
 * @param tokens indices of the tokens
 * @param spots the regions
 */
record Claim(BitSet tokens, List<Spot> spots) {
  Claim {
    spots = List.copyOf(spots);
  }

  /** What the spots claim together; empty without spots. */
  static Claim of(List<Spot> spots) {
    BitSet tokens = new BitSet();
    spots.forEach(spot -> tokens.or(spot.tokens()));
    return new Claim(tokens, spots);
  }

  /** True if nothing is claimed. */
  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** The spots as highlights; weight 1 is the strongest. */
  static List<Highlight> highlights(List<Spot> spots) {
    double peak = spots.stream().mapToDouble(Spot::peak).max().orElse(1);
    return spots.stream()
        .map(spot -> new Highlight(spot.evidence(), spot.region(), spot.peak() / peak))
        .toList();
  }
}
