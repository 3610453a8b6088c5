package org.tessera.omni.assertion;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One place where a sentence speaks of the term.
 *
 * @param text the sentence in lower case
 * @param start of the mention
 * @param end half open
 * @param cues of the sentence, as {@link #distinct} leaves them
 */
record Mention(String text, int start, int end, List<Cue> cues) {

  /**
   * Cues that do not overlap a mention, and of cues that overlap each other the longest; the same
   * words may reach both ways, and so may a relative within a longer phrase.
   *
   * @param mentions characters that belong to mentions
   */
  static List<Cue> distinct(List<Cue> all, BitSet mentions) {
    List<Cue> sorted = new ArrayList<>(all);
    sorted.sort(
        Comparator.comparingInt((Cue cue) -> cue.start() - cue.end())
            .thenComparing(Cue::role)
            .thenComparing(Cue::start));
    BitSet taken = (BitSet) mentions.clone();
    BitSet takenFromKin = (BitSet) mentions.clone();
    Map<Long, Boolean> open = new HashMap<>();
    List<Cue> kept = new ArrayList<>();
    for (Cue cue : sorted) {
      long place = (long) cue.start() << 32 | cue.end();
      boolean kin = cue.stance() == Stance.FAMILY;
      int next = (kin ? takenFromKin : taken).nextSetBit(cue.start());
      if (next < 0 || next >= cue.end() || open.getOrDefault(place, false)) {
        kept.add(cue);
        taken.set(cue.start(), cue.end());
        if (!kin) {
          takenFromKin.set(cue.start(), cue.end());
        }
        open.putIfAbsent(place, cue.role() != Cue.Role.PSEUDO);
      }
    }
    return kept;
  }

  /** True if a cue of this role stands wholly between two places. */
  boolean has(Cue.Role role, int from, int to) {
    return cues.stream().anyMatch(cue -> cue.role() == role && cue.within(from, to));
  }

  /** What follows the mention, up to the next cue that ends every scope. */
  String clauseAfter() {
    int stop =
        cues.stream()
            .filter(cue -> cue.role() == Cue.Role.STOP && cue.start() >= end)
            .mapToInt(Cue::start)
            .min()
            .orElse(text.length());
    return text.substring(end, stop);
  }
}
