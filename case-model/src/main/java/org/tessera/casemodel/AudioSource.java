package org.tessera.casemodel;

import java.io.IOException;

/**
 * Sound as 16 kHz mono samples. Times are seconds of the file as received. Safe for several
 * threads.
 */
public interface AudioSource {
  /** Samples per second that every source delivers. */
  int SAMPLE_RATE = 16_000;

  /** Length in seconds. */
  double duration();

  /**
   * Reads an interval.
   *
   * @return samples from -1 to 1, {@code round((end - start) * SAMPLE_RATE)} of them; 0 beyond the
   *     end
   * @throws IOException if the content cannot be decoded
   */
  float[] read(TimeInterval interval) throws IOException;
}
