/** What is removed when its time is over, on both databases. */
@NullMarked
package org.tessera.runtime.upkeep;

import org.jspecify.annotations.NullMarked;
