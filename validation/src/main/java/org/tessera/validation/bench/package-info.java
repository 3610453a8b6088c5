/**
 * Benchmarks against peers: both sides do the same work alternately in one run, after it was shown
 * that their answers are the same. The ratio within the run is the result; absolute times are
 * context. Knows nothing about what is measured.
 */
@NullMarked
package org.tessera.validation.bench;

import org.jspecify.annotations.NullMarked;
