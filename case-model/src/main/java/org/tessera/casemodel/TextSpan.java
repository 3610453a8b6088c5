package org.tessera.casemodel;

/**
 * A piece of a note, in Unicode code points of the note as received, half open.
 *
 * @param start {@code >= 0}
 * @param end {@code > start}
 */
public record TextSpan(int start, int end) implements EvidenceRegion {
  public TextSpan {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("Not a text span: " + start + " to " + end);
    }
  }
}
