/**
 * What a server does beside its work: backups by the clock ({@link org.tessera.runtime.backup}) and
 * the removal of objects whose time is over ({@link org.tessera.runtime.upkeep.Retention}).
 */
@NullMarked
package org.tessera.runtime.upkeep;

import org.jspecify.annotations.NullMarked;
