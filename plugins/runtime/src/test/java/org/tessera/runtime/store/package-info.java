/** The store: durability, sameness, and both databases. */
@NullMarked
package org.tessera.runtime.store;

import org.jspecify.annotations.NullMarked;
