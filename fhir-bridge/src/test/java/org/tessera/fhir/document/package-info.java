@NullMarked
package org.tessera.fhir.document;

import org.jspecify.annotations.NullMarked;
