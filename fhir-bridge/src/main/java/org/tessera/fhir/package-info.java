/**
 * FHIR R4 in and out.
 *
 * <p>{@link org.tessera.fhir.FhirDecoder} reads a record, {@link org.tessera.fhir.FhirBundleWriter}
 * writes the outcome of a case, {@link org.tessera.fhir.FhirRecordWriter} writes a record.
 *
 * <p>A record is read as a stream of JSON (one entry of the bundle at a time, only the elements
 * that are used). The first bundle of a process costs about a third of what HAPI FHIR needs for it
 * (context and parse 2.8 to 3.1 s on two cores), and a stream has caps on depth, size and number of
 * values. What is written is built as JSON for the same reason; the tests read it with the strict
 * parser of HAPI FHIR. HAPI FHIR turns FHIR XML into JSON.
 *
 * <p>Limits: 64 MB for a record, 100 levels, 6 million JSON tokens, 32 MB and 64 pieces for
 * attachments, 512 facts.
 */
@NullMarked
package org.tessera.fhir;

import org.jspecify.annotations.NullMarked;
