package org.tessera.runtime.work;

import java.time.Instant;
import java.util.Locale;

/**
 * The images of a case at one time, and what came of them; or what a person did with the result.
 *
 * @param revision from 1
 * @param frozenId no object of the index beyond this one belongs to it
 * @param instances how many objects
 * @param completed when it was complete; every result of it bears this time
 * @param seal of the result; empty if there is none yet
 * @param outcome what came of it
 * @param frozenRecord no record beyond this one belongs to it
 * @param note who did what, in a sentence; empty for what was analysed
 */
public record CaseRevision(
    int revision,
    long frozenId,
    int instances,
    Instant completed,
    String seal,
    Outcome outcome,
    long frozenRecord,
    String note) {

  /** What came of a revision. */
  public enum Outcome {
    /** No result yet, or none was possible. */
    NONE,
    /** A result that may leave. */
    COMPLETED,
    /** A result that says why nothing may leave. */
    STOPPED,
    /** A clinician signed the result before it. */
    SIGNED,
    /** A person withdrew the result before it. */
    WITHDRAWN;

    /** The name in the database, in JSON and on pages. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
  }
}
