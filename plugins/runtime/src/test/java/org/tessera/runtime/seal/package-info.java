@NullMarked
package org.tessera.runtime.seal;

import org.jspecify.annotations.NullMarked;
