/**
 * Files that only the owner of a key can read, and that nobody else can change unnoticed.
 *
 * <p>A file: {@code TESSERA1} (8 bytes), the id of the key (8), a salt (32, random for each file),
 * then chunks of 65,536 bytes, the last one shorter, each followed by its tag (16). A chunk is
 * encrypted with AES-256-GCM (NIST SP 800-38D) under a key of its file: HKDF-SHA256 (RFC 5869) of
 * the owner's key and the salt. Its nonce is the number of the chunk (11 bytes, from 0) and 1 for
 * the last chunk, else 0 (the STREAM construction, Hoang and others, 2015);
 * the 48 bytes before the chunks are authenticated with each. So chunks can be neither changed,
 * moved, left out nor cut off, nor taken from another file. An empty file has one empty chunk.
 */
@NullMarked
package org.tessera.runtime.encrypt;

import org.jspecify.annotations.NullMarked;
