package org.tessera.runtime.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a study is complete. Where the sender says how many objects it has (Number of Study Related
 * Instances, 0020,1208, or {@link CaseQueue#expect}), as soon as so many are there, and after the
 * longer time without any if they do not come. Elsewhere after the quiet time without any.
 *
 * @param quiet time without a new object, where nobody says how many there are
 * @param patience time without a new object, where some are missing
 */
public record CompletenessRule(Duration quiet, Duration patience) {

  /**
   * Tells whether a study is complete.
   *
   * @param study a case that is being received
   * @param present how many objects of it are there
   * @return by which part of the rule, in a sentence; empty if it is not complete
   */
  Optional<String> complete(WorkCase study, int present, Instant now) {
    Duration silent = Duration.between(study.lastSeen(), now);
    if (study.expected() > 0) {
      if (present >= study.expected()) {
        return Optional.of("All %d expected objects came.".formatted(study.expected()));
      }
      return silent.compareTo(patience) >= 0
          ? Optional.of(
              "Only %d of %d expected objects came; none for %d s."
                  .formatted(present, study.expected(), patience.toSeconds()))
          : Optional.empty();
    }
    return silent.compareTo(quiet) >= 0
        ? Optional.of("No object came for %d s.".formatted(quiet.toSeconds()))
        : Optional.empty();
  }
}
