package org.tessera.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.tessera.casemodel.Modality;
import org.tessera.omni.model.EncodedCase;

/** Seeded random sets of tokens. The same case and the same seed give the same sets. */
final class RandomDraws {
  private static final int MAX_REDRAWS = 8;

  private RandomDraws() {}

  /**
   * As much, at random places: each claimed region is moved, keeping its shape, and what overlaps
   * is made up by single tokens, so that of each modality the number stays the same. Shape matters:
   * evidence lies together, and scattered tokens would make any compact region look special.
   *
   * @param encoded the case
   * @param claim what is claimed
   * @param draws how many sets
   * @param seed of the draws
   */
  static List<BitSet> asMuch(EncodedCase encoded, Claim claim, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SpotMover mover = new SpotMover(encoded);
    List<int[]> byModality =
        Arrays.stream(Modality.values()).map(encoded::indices).toList();
    List<BitSet> sets = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      BitSet set = moved(byModality, claim, mover, random);
      // The very same place is no comparison; where there is no other, it stays.
      for (int again = 0; again < MAX_REDRAWS && set.equals(claim.tokens()); again++) {
        set = moved(byModality, claim, mover, random);
      }
      sets.add(set);
    }
    return sets;
  }

  private static BitSet moved(
      List<int[]> byModality, Claim claim, SpotMover mover, SplittableRandom random) {
    BitSet set = new BitSet();
    claim.spots().forEach(spot -> set.or(mover.moved(spot, random)));
    for (int[] all : byModality) {
      long wanted = Arrays.stream(all).filter(claim.tokens()::get).count();
      long there = Arrays.stream(all).filter(set::get).count();
      int[] free = Arrays.stream(all).filter(i -> !set.get(i)).toArray();
      pick(free, (int) (wanted - there), random, set);
    }
    return set;
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
