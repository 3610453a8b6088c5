/** The {@code tessera} commands: arguments in, lines and exit codes out. No logic. */
@NullMarked
package org.tessera.cli;

import org.jspecify.annotations.NullMarked;
