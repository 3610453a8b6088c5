package org.tessera.validation.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.tessera.casemodel.PatientIdentity;
import org.tessera.casemodel.RecordFact;

/** Writes a health record as a FHIR bundle. The same arguments give the same bytes. */
@FunctionalInterface
public interface RecordWriter {
  /**
   * Writes one record.
   *
   * @param file to be created
   * @param patient whose it is
   * @param facts its statements, each with the resource that it stands in
   * @param time when the record was taken (UTC)
   * @throws IOException if the file cannot be written
   */
  void write(Path file, PatientIdentity patient, List<RecordFact> facts, Instant time)
      throws IOException;
}
