/**
 * Objects that were received, durably: {@link org.tessera.runtime.store.ObjectStore} keeps each as
 * a Part 10 file under the name of its own SHA-256, and a row in the index ({@link
 * org.tessera.runtime.store.InstanceIndex}; H2 or PostgreSQL).
 *
 * <p>The data folder: {@code lock} (one server at a time), {@code incoming/} (what is being
 * received; emptied at the start), {@code blobs/xx/SHA-256} (xx: its first two digits), {@code
 * index.mv.db} (the index, if it is H2). Names come from hashes only, never from a peer.
 *
 * <p>An object is acknowledged when its file, the name of its file and its row are on the disk
 * (fsync). What a crash leaves behind was not acknowledged: a file in {@code incoming/}, a blob
 * without a row (harmless, replaced when it comes again), or rows of the last transaction without a
 * whole blob (removed at the start, the blob is set aside in {@code damaged/}).
 */
@NullMarked
package org.tessera.runtime.store;

import org.jspecify.annotations.NullMarked;
