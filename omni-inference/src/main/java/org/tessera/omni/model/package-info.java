/** Signals, tokens, the transformer and its training. */
@NullMarked
package org.tessera.omni.model;

import org.jspecify.annotations.NullMarked;
