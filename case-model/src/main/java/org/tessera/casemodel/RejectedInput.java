package org.tessera.casemodel;

import java.util.Optional;

/**
 * An input that was not used.
 *
 * @param id identifier within the case
 * @param kind what it was offered as; empty if unknown
 * @param source name of the file
 * @param mediaType media type, where known
 * @param sha256 SHA-256 of the content
 * @param reason one clear sentence
 */
public record RejectedInput(
    String id,
    Optional<Modality> kind,
    String source,
    Optional<String> mediaType,
    String sha256,
    String reason) {}
