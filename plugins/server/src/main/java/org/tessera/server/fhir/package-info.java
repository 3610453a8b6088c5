/**
 * FHIR R4 at {@code /fhir}: {@code $analyze}, and what it produced.
 *
 * <p>{@link org.tessera.server.fhir.FhirEndpoint} is the context for the HTTP listener; HAPI's
 * RestfulServer behind it starts with the first request, or a little after the server, whichever is
 * first.
 */
@NullMarked
package org.tessera.server.fhir;

import org.jspecify.annotations.NullMarked;
