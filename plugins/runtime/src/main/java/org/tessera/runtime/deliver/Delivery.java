package org.tessera.runtime.deliver;

import java.time.Instant;

/**
 * One object for one destination.
 *
 * @param id of the delivery
 * @param caseId row of the case
 * @param caseName name of the case
 * @param revision of the case
 * @param destination name of the destination
 * @param kind {@code sr}, {@code seg}, {@code pdf} or {@code fhir}
 * @param file in the folder of the revision
 * @param object SOP Instance UID, or the seal of a bundle
 * @param state where it is
 * @param attempts how often it was sent
 * @param notBefore when it may be sent
 * @param sentence what the destination said last, or empty
 * @param changed when the state changed
 */
public record Delivery(
    long id,
    long caseId,
    String caseName,
    int revision,
    String destination,
    String kind,
    String file,
    String object,
    DeliveryState state,
    int attempts,
    Instant notBefore,
    String sentence,
    Instant changed) {}
