package org.tessera.casemodel;

/**
 * An element of a record.
 *
 * @param resource type and id, for example {@code Condition/12}
 * @param path the element within the resource, for example {@code code}
 */
public record RecordEntry(String resource, String path) implements EvidenceRegion {}
