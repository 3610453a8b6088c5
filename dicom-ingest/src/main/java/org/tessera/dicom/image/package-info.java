/** The pixels of an image object: frames, lookup tables, windows, display. */
@NullMarked
package org.tessera.dicom.image;

import org.jspecify.annotations.NullMarked;
