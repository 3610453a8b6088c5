package org.tessera.runtime.analyze;

import java.time.Instant;
import java.util.Optional;

/**
 * An analysis that nobody waits for.
 *
 * @param id random, and all that is needed to ask for the result
 * @param state where it is
 * @param stage what is being done, for a person
 * @param xml whether what was posted is XML
 * @param patient id of the patient that it has to be about, if the request named one
 * @param attempts how often it was begun
 * @param expires when it is forgotten
 * @param answer what became of it, if it is done
 */
public record AnalysisJob(
    String id,
    State state,
    String stage,
    boolean xml,
    Optional<String> patient,
    int attempts,
    Instant expires,
    Optional<AnalysisAnswer> answer) {

  /** Where a job is. */
  public enum State {
    QUEUED,
    RUNNING,
    DONE
  }
}
