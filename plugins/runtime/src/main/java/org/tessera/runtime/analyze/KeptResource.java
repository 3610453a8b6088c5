package org.tessera.runtime.analyze;

import java.time.Instant;

/**
 * One version of a resource.
 *
 * @param key what it is
 * @param version from 1
 * @param updated when this version was kept
 * @param json the resource, with id, version and time in its meta
 */
public record KeptResource(ResourceKey key, int version, Instant updated, String json) {}
