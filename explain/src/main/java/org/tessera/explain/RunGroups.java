package org.tessera.explain;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.tessera.casemodel.TextSpan;
import org.tessera.omni.token.Token;

/**
 * Runs of neighbouring tokens of a note or a recording: a gap of one token is bridged, and a word
 * is never cut.
 */
final class RunGroups {
  private static final int BRIDGE = 2;

  private final List<Token> tokens;
  private final NoteWords words;

  RunGroups(List<Token> tokens, NoteWords words) {
    this.tokens = tokens;
    this.words = words;
  }

  /**
   * Groups tokens.
   *
   * @param chosen indices of tokens of one evidence
   * @return runs of consecutive indices
   */
  List<BitSet> groups(BitSet chosen) {
    BitSet whole = wholeWords(chosen);
    List<BitSet> runs = new ArrayList<>();
    BitSet run = new BitSet();
    int last = -1;
    for (int i = whole.nextSetBit(0); i >= 0; i = whole.nextSetBit(i + 1)) {
      if (last >= 0 && (i - last > BRIDGE || !together(last, i))) {
        runs.add(run);
        run = new BitSet();
        last = -1;
      }
      run.set(last < 0 ? i : last + 1, i + 1);
      last = i;
    }
    runs.add(run);
    return runs;
  }

  private BitSet wholeWords(BitSet chosen) {
    BitSet whole = (BitSet) chosen.clone();
    for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
      for (int j = i; j > 0 && oneWord(j - 1, j); j--) {
        whole.set(j - 1);
      }
      for (int j = i; j + 1 < tokens.size() && oneWord(j, j + 1); j++) {
        whole.set(j + 1);
      }
    }
    return whole;
  }

  private boolean oneWord(int first, int second) {
    return together(first, second)
        && tokens.get(first).region() instanceof TextSpan a
        && tokens.get(second).region() instanceof TextSpan b
        && a.end() == b.start()
        && words.divides(tokens.get(first).evidence(), a.end());
  }

  private boolean together(int first, int second) {
    return tokens.get(first).evidence().equals(tokens.get(second).evidence());
  }
}
