package org.tessera.validation.phantom;

import java.util.List;
import org.tessera.casemodel.TimeInterval;

/**
 * A synthesized recording.
 *
 * @param samples 16 kHz mono, -1 to 1; not copied
 * @param crackles stretches with crackles, in seconds
 */
@SuppressWarnings("ArrayRecordComponent")
record Sound(float[] samples, List<TimeInterval> crackles) {
  Sound {
    crackles = List.copyOf(crackles);
  }
}
