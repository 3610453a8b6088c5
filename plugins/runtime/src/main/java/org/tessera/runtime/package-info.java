/** What turns the libraries into a running system. */
@NullMarked
package org.tessera.runtime;

import org.jspecify.annotations.NullMarked;
