/** Objects that come in over the network, and how they get into the store. */
@NullMarked
package org.tessera.runtime.receive;

import org.jspecify.annotations.NullMarked;
