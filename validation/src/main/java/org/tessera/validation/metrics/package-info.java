/**
 * Figures of merit: pure arithmetic over scores and labels, no input or output.
 *
 * <p>Every interval is a percentile interval of a bootstrap that draws whole clusters (patients, or
 * the nearest stand-in a source allows), because rows of one patient are not independent.
 */
@NullMarked
package org.tessera.validation.metrics;

import org.jspecify.annotations.NullMarked;
