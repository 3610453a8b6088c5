package org.tessera.dicom;

import java.util.List;

/**
 * Encapsulated pixel data (PS3.5 A.4).
 *
 * @param offsetTable the basic offset table, perhaps empty
 * @param parts the fragments that follow it
 */
public record Fragments(Bytes offsetTable, List<Bytes> parts) implements Value {
  public Fragments {
    parts = List.copyOf(parts);
  }

  /** Bytes of all fragments, without their headers. */
  public long length() {
    long sum = 0;
    for (Bytes part : parts) {
      sum += part.length();
    }
    return sum;
  }
}
