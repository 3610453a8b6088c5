/** Studies fetched from archives that the settings name. */
@NullMarked
package org.tessera.runtime.fetch;

import org.jspecify.annotations.NullMarked;
