/**
 * A data folder whose files are encrypted: {@link org.tessera.runtime.seal.SealedFolder} gives a
 * {@link java.nio.file.Path} of a file system of its own, below which everything that is written
 * is encrypted and everything that is read is verified. Whoever gets that path works with it as
 * with any other; nobody decides.
 *
 * <p>A file: the head of {@link org.tessera.runtime.encrypt} (48 bytes), the mark of its place
 * (32), then chunks as there. The key is a random one of the folder, which is in {@code data.key},
 * encrypted with the key of the administrator: that can be changed without writing anything else
 * anew. The mark is an HMAC of head and place, so that a file cannot be put in the place of another
 * one; a place is the path below the folder without {@code .part} at the end of its names, so that
 * a draft has the place that it is made for. A file that is moved gets the mark of its new place.
 * An older file of the same place is not told from the newest.
 *
 * <p>Names of files and folders stay as they are, but for {@link
 * org.tessera.runtime.seal.SealedFolder#name}: an HMAC where else a hash would tell that a known
 * content is there. A file is written once, from its beginning to its end: no position is written
 * again, as that would use a nonce twice. Whole is what was closed, forced or truncated to the size
 * that it has.
 */
@NullMarked
package org.tessera.runtime.seal;

import org.jspecify.annotations.NullMarked;
