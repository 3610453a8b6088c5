package org.tessera.validation.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.StudyReference;

/**
 * Writes a radiograph as a DICOM file. The same arguments give the same bytes: no clock, no random
 * identifier.
 */
@FunctionalInterface
public interface RadiographWriter {
  /**
   * Writes one image.
   *
   * @param file to be created
   * @param image 8-bit samples as stored, size, photometric interpretation, view, machine
   * @param patient whose it is
   * @param study study, series and instance
   * @param time when it was acquired (UTC)
   * @throws IOException if the file cannot be written
   */
  void write(
      Path file,
      PhantomRadiograph image,
      PatientIdentity patient,
      StudyReference study,
      Instant time)
      throws IOException;
}
