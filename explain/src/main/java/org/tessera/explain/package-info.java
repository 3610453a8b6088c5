/** Highlights, checks, the gate, the report. */
@NullMarked
package org.tessera.explain;

import org.jspecify.annotations.NullMarked;
