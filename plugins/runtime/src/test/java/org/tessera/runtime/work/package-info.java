/** The queue of cases: on both databases, across crashes, with late images. */
@NullMarked
package org.tessera.runtime.work;

import org.jspecify.annotations.NullMarked;
