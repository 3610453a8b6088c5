/**
 * Whether one sequence of all modalities knows more than its parts: single modalities, one feature
 * vector (early fusion) and votes (late fusion) on the same rows.
 */
@NullMarked
package org.tessera.validation.fusion;

import org.jspecify.annotations.NullMarked;
