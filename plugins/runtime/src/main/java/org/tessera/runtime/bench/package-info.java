/** The benchmarks of {@code tessera bench}: our side, its peers, and what they work on. */
@NullMarked
package org.tessera.runtime.bench;

import org.jspecify.annotations.NullMarked;
