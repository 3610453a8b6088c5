/** The commands as a user sees them, and the rules that hold the modules apart. */
@NullMarked
package org.tessera.cli;

import org.jspecify.annotations.NullMarked;
