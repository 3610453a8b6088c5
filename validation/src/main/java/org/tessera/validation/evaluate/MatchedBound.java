package org.tessera.validation.evaluate;

import java.util.List;

/**
 * The least lower bound of an AUROC within strata of a known shortcut.
 *
 * @param low the bound
 * @param where the stratum; empty if no stratum is worse than the whole
 * @param skipped strata with too few rows to be judged
 */
record MatchedBound(double low, String where, List<String> skipped) {
  MatchedBound {
    skipped = List.copyOf(skipped);
  }
}
