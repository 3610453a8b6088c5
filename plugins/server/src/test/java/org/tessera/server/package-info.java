/** The server as its clients see it. */
@NullMarked
package org.tessera.server;

import org.jspecify.annotations.NullMarked;
