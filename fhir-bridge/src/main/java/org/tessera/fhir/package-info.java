/**
 * FHIR R4 in and out.
 *
 * <p>{@link org.tessera.fhir.FhirDecoder} reads a record, {@link org.tessera.fhir.FhirBundleWriter}
 * writes the outcome of a case, {@link org.tessera.fhir.FhirRecordWriter} writes a record.
 *
 * <p>A record is read as a stream of JSON (one entry of the bundle at a time, only the elements
 * that are used), because the first parse of a bundle with HAPI FHIR costs about 2.9 s in a fresh
 * process, and because a stream has caps on depth, size and number of values. HAPI FHIR builds and
 * encodes what is written, and turns FHIR XML into JSON.
 *
 * <p>Limits: 64 MB for a record, 100 levels, 3 million JSON tokens, 32 MB and 64 pieces for
 * attachments, 512 facts.
 */
@NullMarked
package org.tessera.fhir;

import org.jspecify.annotations.NullMarked;
