/** Tests of FHIR in and out. */
@NullMarked
package org.tessera.fhir;

import org.jspecify.annotations.NullMarked;
