/** Storage commitment: rows on both databases, objects on a real disk. */
@NullMarked
package org.tessera.runtime.commit;

import org.jspecify.annotations.NullMarked;
