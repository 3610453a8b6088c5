package org.tessera.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;

/** Seeded random sets of tokens. The same case and the same seed give the same sets. */
final class RandomDraws {
  private RandomDraws() {}

  /**
   * As much else: of each modality the same number of tokens as claimed, taken from those that are
   * not claimed (from all, where too few are left).
   *
   * @param encoded the case
   * @param claimed indices of the claimed tokens
   * @param draws how many sets
   * @param seed of the draws
   */
  static List<BitSet> asMuchElse(EncodedCase encoded, BitSet claimed, int draws, long seed) {
    Map<Modality, Integer> wanted = new EnumMap<>(Modality.class);
    claimed.stream()
        .forEach(i -> wanted.merge(encoded.tokens().get(i).modality(), 1, Integer::sum));
    SplittableRandom random = new SplittableRandom(seed);
    List<BitSet> sets = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      BitSet set = new BitSet();
      wanted.forEach(
          (modality, n) -> pick(pool(encoded.indices(modality), claimed, n), n, random, set));
      sets.add(set);
    }
    return sets;
  }

  /**
   * A share of the tokens of every modality, at least one where there are two.
   *
   * @param encoded the case
   * @param share from 0 to 1
   * @param draws how many sets
   * @param seed of the draws
   */
  static List<BitSet> share(EncodedCase encoded, double share, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<BitSet> sets = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      BitSet set = new BitSet();
      for (Modality modality : Modality.values()) {
        int[] indices = encoded.indices(modality);
        int n = indices.length < 2 ? 0 : Math.max(1, (int) Math.round(share * indices.length));
        pick(indices, n, random, set);
      }
      sets.add(set);
    }
    return sets;
  }

  private static int[] pool(int[] indices, BitSet claimed, int needed) {
    int[] free = Arrays.stream(indices).filter(i -> !claimed.get(i)).toArray();
    return free.length >= needed ? free : indices.clone();
  }

  private static void pick(int[] pool, int n, SplittableRandom random, BitSet into) {
    for (int i = 0; i < n; i++) {
      int j = i + random.nextInt(pool.length - i);
      int chosen = pool[j];
      pool[j] = pool[i];
      pool[i] = chosen;
      into.set(chosen);
    }
  }
}
