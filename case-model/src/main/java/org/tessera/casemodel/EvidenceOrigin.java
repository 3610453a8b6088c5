package org.tessera.casemodel;

import java.time.Instant;
import java.util.Optional;

/**
 * Where an evidence came from.
 *
 * @param id identifier within the case, for example {@code I1}
 * @param source name of the file, or of the entry inside it (never an absolute path)
 * @param mediaType media type of the content as received
 * @param sha256 SHA-256 of the content as received, 64 lower-case hexadecimal digits
 * @param group study or series (or container file) that it belongs to
 * @param acquired acquisition time
 * @param patient the identity that the content, or the manifest, gives it
 */
public record EvidenceOrigin(
    String id,
    String source,
    String mediaType,
    String sha256,
    Optional<String> group,
    Optional<Instant> acquired,
    Optional<PatientIdentity> patient) {}
