package org.tessera.casemodel;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A supported finding as it leaves the system. Shares are rounded to six decimal places, so that
 * every standard that carries them carries the same.
 *
 * @param id identifier within the case, for example {@code F1}
 * @param code what was found
 * @param probability calibrated probability
 * @param interval uncertainty of the probability
 * @param operatingPoint from which probability on it counts as found
 * @param regions where it rests; the strongest ones, in the order of the result
 * @param gate one sentence: what the finding had to pass, and what a reader is warned of
 */
public record ReportedFinding(
    String id,
    Coding code,
    OptionalDouble probability,
    Optional<Finding.Interval> interval,
    Optional<Finding.OperatingPoint> operatingPoint,
    List<ReportedRegion> regions,
    String gate) {
  public ReportedFinding {
    regions = List.copyOf(regions);
  }
}
