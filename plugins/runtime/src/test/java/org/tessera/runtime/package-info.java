/** From files to a case and from a case to files. */
@NullMarked
package org.tessera.runtime;

import org.jspecify.annotations.NullMarked;
