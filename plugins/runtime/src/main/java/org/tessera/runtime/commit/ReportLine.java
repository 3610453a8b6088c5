package org.tessera.runtime.commit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.tessera.dicom.net.CommitmentReport;
import org.tessera.dicom.net.DimseStatus;

/** How somebody is told the outcome of a request. */
@FunctionalInterface
public interface ReportLine {

  /**
   * Tells it and waits for the answer.
   *
   * @param aeTitle whom to tell
   * @return empty if it cannot be reached this way
   * @throws IOException if there is no answer
   */
  Optional<DimseStatus> tell(String aeTitle, CommitmentReport report, Duration wait)
      throws IOException, InterruptedException;
}
