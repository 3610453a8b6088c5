/** The gate on trial: what it keeps of what is true, what it lets through of what is planted. */
@NullMarked
package org.tessera.validation.gate;

import org.jspecify.annotations.NullMarked;
