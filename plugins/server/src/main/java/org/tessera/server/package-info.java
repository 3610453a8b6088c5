/** Listeners, authentication, configuration, wiring. */
@NullMarked
package org.tessera.server;

import org.jspecify.annotations.NullMarked;
