package org.tessera.runtime.work;

import java.time.Instant;

/**
 * A case as the queue knows it.
 *
 * @param id grows with every case
 * @param name how it is called everywhere else: says nothing about the patient, fit for a path
 * @param subject Study Instance UID
 * @param state where it is
 * @param revision of its images, from 1; the one that is being made
 * @param attempts how often the analysis of this revision was begun
 * @param notBefore when a worker may take it
 * @param sentence what a person should know, or empty
 * @param expected objects of the study, as the sender says; 0 if unknown
 * @param instances objects of this revision; 0 while it is being received
 * @param arrivedId the last object of the study in the index
 * @param frozenId the last object of this revision; 0 while it is being received
 * @param firstSeen when its first object came
 * @param lastSeen when its last object came
 * @param changed when the state changed
 */
public record WorkCase(
    long id,
    String name,
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
    Instant changed) {}
