/** Decoders of text, sound and raster images, and what can be measured on the raw signal. */
@NullMarked
package org.tessera.omni.signal;

import org.jspecify.annotations.NullMarked;
