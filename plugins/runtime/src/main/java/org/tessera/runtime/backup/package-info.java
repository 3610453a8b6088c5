/**
 * Copies of a data folder, and data folders of copies.
 *
 * <p>A folder of backups: {@code objects/xx/SHA-256} (each content once, under its hash; xx: its
 * first two digits), {@code snapshots/TIME.txt} (what was where at that time), {@code lock} (one
 * writer at a time).
 *
 * <p>A snapshot is text in UTF-8, a line for each file, and stands there as a whole or not at all:
 *
 * <pre>
 * tessera-backup 1
 * SHA-256 SIZE PATH          PATH is relative to the data folder, with slashes
 * ...
 * end COUNT SHA-256          of all bytes before this line
 * </pre>
 *
 * <p>In a folder that is encrypted ({@code encrypted} in it has the id of the key) contents and
 * snapshots are files of {@link org.tessera.runtime.encrypt}, and the name of a content is the HMAC
 * of its SHA-256 under the key: whoever has no key cannot tell whether a known file is there.
 *
 * <p>Whatever is copied, either way, is hashed as it is copied and compared with its name.
 */
@NullMarked
package org.tessera.runtime.backup;

import org.jspecify.annotations.NullMarked;
