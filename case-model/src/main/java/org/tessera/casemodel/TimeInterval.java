package org.tessera.casemodel;

/**
 * A piece of a recording, in seconds of the file as received, half open.
 *
 * @param start {@code >= 0}
 * @param end {@code > start}
 */
public record TimeInterval(double start, double end) implements EvidenceRegion {
  public TimeInterval {
    if (!(start >= 0) || !(end > start)) {
      throw new IllegalArgumentException("Not a time interval: " + start + " to " + end);
    }
  }
}
