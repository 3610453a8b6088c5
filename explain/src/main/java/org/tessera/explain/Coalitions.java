package org.tessera.explain;

import java.util.ArrayList;
import java.util.List;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;
import org.tessera.omni.model.Pass;

/**
 * All subsets of the modalities of a case, as passes; shared by all findings.
 *
 * @param present the modalities present, in the order of {@link Modality}
 * @param numbers (2^k) pass numbers; bit {@code i} of the index says that modality {@code i} stays
 */
@SuppressWarnings("ArrayRecordComponent")
record Coalitions(List<Modality> present, int[] numbers) {

  static Coalitions plan(EncodedCase encoded, PassLedger ledger) {
    List<Modality> present = new ArrayList<>();
    for (Modality modality : Modality.values()) {
      if (encoded.has(modality)) {
        present.add(modality);
      }
    }
    int[] numbers = new int[1 << present.size()];
    for (int mask = 0; mask < numbers.length; mask++) {
      List<Modality> gone = new ArrayList<>();
      for (int i = 0; i < present.size(); i++) {
        if ((mask & 1 << i) == 0) {
          gone.add(present.get(i));
        }
      }
      numbers[mask] = ledger.add(Pass.without(encoded, gone));
    }
    return new Coalitions(List.copyOf(present), numbers);
  }

  /** Number of the pass with everything. */
  int whole() {
    return numbers[numbers.length - 1];
  }

  ModalityShapley values(PassLedger ledger, int finding) {
    return ModalityShapley.of(present, ledger.logits(numbers, finding));
  }
}
