package org.tessera.runtime.deliver;

import java.io.IOException;
import java.nio.file.Path;

/** A system that results are sent to. */
public interface Destination {

  /** How a delivery ended. */
  enum Outcome {
    /** The destination has it, now or already. */
    DELIVERED,
    /** Not now; it may work later. */
    LATER,
    /** It will never take it as it is. */
    NEVER
  }

  /**
   * An answer.
   *
   * @param sentence what to tell a person; nothing of the patient
   */
  record Answer(Outcome outcome, String sentence) {}

  /** Names it in the database, in JSON and on pages; without credentials. */
  String name();

  /** True if it takes objects of that kind: {@code sr}, {@code seg}, {@code pdf}, {@code fhir}. */
  boolean takes(String kind);

  /**
   * Sends a file and waits for the answer, for a bounded time.
   *
   * @throws IOException if there is no answer
   */
  Answer send(Delivery delivery, Path file) throws IOException;
}
