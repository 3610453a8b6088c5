/** DICOM files and pixels. */
@NullMarked
package org.tessera.dicom;

import org.jspecify.annotations.NullMarked;
