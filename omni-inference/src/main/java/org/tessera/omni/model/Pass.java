package org.tessera.omni.model;

import java.util.BitSet;
import org.tessera.casemodel.Modality;

/**
 * One forward pass: a case with some tokens removed (they are not attended to, as if the evidence
 * had never been there).
 *
 * @param encoded the case
 * @param removed indices of the removed tokens
 */
public record Pass(EncodedCase encoded, BitSet removed) {

  /** A pass with everything. */
  public static Pass whole(EncodedCase encoded) {
    return new Pass(encoded, new BitSet());
  }

  /** A pass without the tokens of these modalities. */
  public static Pass without(EncodedCase encoded, Iterable<Modality> modalities) {
    BitSet removed = new BitSet();
    for (Modality modality : modalities) {
      for (int index : encoded.indices(modality)) {
        removed.set(index);
      }
    }
    return new Pass(encoded, removed);
  }
}
