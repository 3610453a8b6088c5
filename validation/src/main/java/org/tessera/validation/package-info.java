/** Phantoms, metrics, baselines, evaluation. */
@NullMarked
package org.tessera.validation;

import org.jspecify.annotations.NullMarked;
