package org.tessera.fhir;

import java.time.Instant;
import java.util.Optional;

/**
 * A piece of content that a record carries.
 *
 * @param name of the record's file and the resource, for example
 *     {@code bundle.json#DocumentReference/7}
 * @param mediaType as the record gives it, in lower case, without parameters
 * @param charset of a text, where the record gives it
 * @param body the Attachment or the Binary
 * @param time when it was written or recorded
 */
record Attachment(
    String name,
    String mediaType,
    Optional<String> charset,
    FhirElement body,
    Optional<Instant> time) {}
