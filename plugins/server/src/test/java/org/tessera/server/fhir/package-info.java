/** FHIR over real HTTP. */
@NullMarked
package org.tessera.server.fhir;

import org.jspecify.annotations.NullMarked;
