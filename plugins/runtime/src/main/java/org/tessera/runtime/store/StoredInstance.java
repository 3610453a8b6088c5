package org.tessera.runtime.store;

import java.time.Instant;

/**
 * An object that is safe.
 *
 * @param id grows with every row, so that a reader can go on where it was
 * @param version 1, or more if another object was there under this UID before
 * @param sha256 of the Part 10 file, and its name
 * @param size of that file in bytes
 * @param header what the index knows of its content
 * @param source AE title of the sender, or whatever else names it
 * @param received when
 */
public record StoredInstance(
    long id,
    int version,
    String sha256,
    long size,
    InstanceHeader header,
    String source,
    Instant received) {

  /** True if this is not the first object under its SOP Instance UID: someone has to look. */
  public boolean differs() {
    return version > 1;
  }
}
