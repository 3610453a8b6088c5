package org.tessera.fhir;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tessera.casemodel.RejectedInputException;

/** The latest date at which a record says that something was the case. */
final class LatestDate {
  private static final String[] TIMES = {
    "onsetDateTime",
    "recordedDate",
    "effectiveDateTime",
    "effectivePeriod",
    "effectiveInstant",
    "issued",
    "authoredOn",
    "dateAsserted",
    "date",
    "createdDateTime",
    "period",
    "performedDateTime",
    "performedPeriod",
    "occurrenceDateTime"
  };

  private LatestDate() {}

  static Optional<Instant> of(List<FhirResource> resources, Optional<Instant> assembled)
      throws RejectedInputException {
    Stream.Builder<Instant> all = Stream.builder();
    assembled.ifPresent(all);
    for (FhirResource resource : resources) {
      resource.body().firstTime(TIMES).ifPresent(all);
    }
    return all.build().max(Comparator.naturalOrder());
  }
}
