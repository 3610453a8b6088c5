package org.tessera.runtime.work;

import java.time.Instant;
import java.util.Locale;

/**
 * A case as the queue knows it.
 *
 * @param id grows with every case
 * @param name how it is called everywhere else: says nothing about the patient, fit for a path
 * @param kind whether a study or a request
 * @param subject Study Instance UID, or the name of the request
 * @param state where it is
 * @param revision of its images, from 1; the one that is being made
 * @param attempts how often the analysis of this revision was begun
 * @param notBefore when a worker may take it
 * @param sentence what a person should know, or empty
 * @param expected objects of the study, as the sender says; 0 if unknown
 * @param instances objects of this revision; 0 while it is being received
 * @param arrivedId the last object of the study in the index
 * @param frozenId the last object of this revision; 0 while it is being received
 * @param firstSeen when its first object came, or it was asked for
 * @param lastSeen when its last object came
 * @param changed when the state changed
 */
public record WorkCase(
    long id,
    String name,
    Kind kind,
    String subject,
    CaseState state,
    int revision,
    int attempts,
    Instant notBefore,
    String sentence,
    int expected,
    int instances,
    long arrivedId,
    long frozenId,
    Instant firstSeen,
    Instant lastSeen,
    Instant changed) {

  /** Where a case comes from. */
  public enum Kind {
    /** A DICOM study that arrived. */
    STUDY,
    /** Somebody asked for it and left its inputs in its folder. */
    REQUEST;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String wireName) {
      return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
  }
}
