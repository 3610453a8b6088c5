/** The sparse mixture-of-experts transformer and what travels with its weights. */
@NullMarked
package org.tessera.omni.model;

import org.jspecify.annotations.NullMarked;
