/** Whole slides, read region by region. */
@NullMarked
package org.tessera.dicom.slide;

import org.jspecify.annotations.NullMarked;
