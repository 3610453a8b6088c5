package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.tessera.casemodel.Highlight;
import org.tessera.omni.model.EncodedCase;

/**
 * The evidence that a finding claims to rest on: the regions that would be shown, and exactly the
 * tokens that these regions cover. What is shown is what is tested.
 *
 * @param tokens indices of the tokens
 * @param highlights the regions; weight 1 is the strongest
 */
record Claim(BitSet tokens, List<Highlight> highlights) {
  Claim {
    highlights = List.copyOf(highlights);
  }

  /** What the spots claim together; empty without spots. */
  static Claim of(Collection<Spot> spots) {
    double peak = spots.stream().mapToDouble(Spot::peak).max().orElse(1);
    BitSet tokens = new BitSet();
    List<Highlight> highlights = new ArrayList<>();
    for (Spot spot : spots) {
      tokens.or(spot.tokens());
      highlights.add(new Highlight(spot.evidence(), spot.region(), spot.peak() / peak));
    }
    return new Claim(tokens, highlights);
  }

  /** True if nothing is claimed. */
  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Number of claimed tokens of the case, in words. */
  String extent(EncodedCase encoded) {
    return "%d of %d tokens".formatted(tokens.cardinality(), encoded.tokens().size());
  }
}
