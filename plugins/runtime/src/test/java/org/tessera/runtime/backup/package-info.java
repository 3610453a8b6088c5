/** Real data folders, lost and made again. */
@NullMarked
package org.tessera.runtime.backup;

import org.jspecify.annotations.NullMarked;
