/** Evidence to tokens: one sequence per case, every token with the region that it came from. */
@NullMarked
package org.tessera.omni.token;

import org.jspecify.annotations.NullMarked;
