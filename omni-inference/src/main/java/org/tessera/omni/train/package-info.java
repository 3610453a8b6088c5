/** Training: composed batches, masked labels, checkpoints that resume to the same weights. */
@NullMarked
package org.tessera.omni.train;

import org.jspecify.annotations.NullMarked;
