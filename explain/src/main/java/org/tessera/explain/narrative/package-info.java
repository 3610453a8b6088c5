/** Sentences from outside, held against what is supported. */
@NullMarked
package org.tessera.explain.narrative;

import org.jspecify.annotations.NullMarked;
