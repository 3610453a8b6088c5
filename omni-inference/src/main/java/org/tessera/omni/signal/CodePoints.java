package org.tessera.omni.signal;

import java.util.Optional;
import org.tessera.casemodel.TextSpan;

/** A text in which places are told in code points, and looked up in Java's UTF-16 units. */
public final class CodePoints {
  private final String text;
  private final int[] before;

  public CodePoints(String text) {
    this.text = text;
    before = new int[text.length() + 1];
    for (int i = 0; i < text.length(); i++) {
      boolean tail =
          i > 0
              && Character.isLowSurrogate(text.charAt(i))
              && Character.isHighSurrogate(text.charAt(i - 1));
      before[i + 1] = before[i] + (tail ? 0 : 1);
    }
  }

  String text() {
    return text;
  }

  /** The UTF-16 index of a code point. */
  public int index(int codePoint) {
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (before[middle] <= codePoint) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** The span between two UTF-16 indices without the blanks at its ends; empty if all is blank. */
  Optional<TextSpan> trimmed(int start, int end) {
    int from = start;
    int to = end;
    while (from < to && Character.isWhitespace(text.charAt(from))) {
      from++;
    }
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from == to) {
      return Optional.empty();
    }
    // before[i] counts code points begun before i, so the half of a pair counts as its start.
    return Optional.of(new TextSpan(before[from], before[to]));
  }
}
