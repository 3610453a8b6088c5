/**
 * Decoders in native code, kept in child processes: {@code DecoderPool} and the decoders that use
 * it are the parent's side, {@code DecoderMain} is the child's. Bytes from outside meet native code
 * only in the child, which has a limit of memory and of time; what happens there costs one frame.
 */
@NullMarked
package org.tessera.dicom.codec.child;

import org.jspecify.annotations.NullMarked;
